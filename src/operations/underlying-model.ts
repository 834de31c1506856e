import { parseProfileId } from '../bedrock/inference-profiles/profile-id.js';
import { ModelId } from '../bedrock/model-id.js';
import type { CallableModels } from './callable-models.js';

/**
 * An id or ARN that the client may call → the id of the model behind it. Claude Code goes on with the last part of the
 * model's ARN, so the model is one whose last part the client may call too, where there is one: the model of a profile,
 * the first model of the route, or the name itself.
 */
export function underlyingModel(identifier: ModelId, callable: CallableModels): string {
  const { name } = identifier;
  const ofProfile = parseProfileId(name)?.modelId;
  if (ofProfile === undefined && isModel(identifier)) return name;
  const routed = callable.ruleOf(identifier)?.route[0]?.model;
  const models = [ofProfile, routed, name].filter((model) => model !== undefined);
  return models.find((model) => callable.hasText(lastPartOf(model))) ?? models[0] ?? name;
}

/** Not the resource of an owner, who may give it any name. */
function isModel({ arn, resourceType }: ModelId): boolean {
  return arn === undefined || resourceType === 'foundation-model';
}

function lastPartOf(modelId: string): string {
  return modelId.slice(modelId.lastIndexOf('/') + 1);
}
