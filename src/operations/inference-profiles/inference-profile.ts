import { modelIdToName } from '../../bedrock/foundation-models/model-name.js';
import type {
  InferenceProfileSummary,
  InferenceProfileType,
} from '../../bedrock/inference-profiles/inference-profile.js';
import { parseProfileId } from '../../bedrock/inference-profiles/profile-id.js';
import { foundationModelArn, inferenceProfileArn } from '../../bedrock/model-arn.js';
import type { ModelId } from '../../bedrock/model-id.js';
import type { CallableModels } from '../callable-models.js';

const MAX_NAME_CHARACTERS = 64;

const TYPE_OF_RESOURCE = new Map<string | undefined, InferenceProfileType>([
  ['inference-profile', 'SYSTEM_DEFINED'],
  ['application-inference-profile', 'APPLICATION'],
]);

/** Id or ARN of a profile → its summary; undefined when it is not a profile. */
export function toInferenceProfile(
  identifier: ModelId,
  callable: CallableModels,
): InferenceProfileSummary | undefined {
  const { text, name: profileId, arn, resourceType } = identifier;
  const geographic = parseProfileId(profileId);
  const type = TYPE_OF_RESOURCE.get(arn === undefined && geographic ? 'inference-profile' : resourceType);
  if (type === undefined) return undefined;
  const modelId = geographic?.modelId ?? callable.ruleOf(identifier)?.route[0]?.model ?? profileId;
  return {
    inferenceProfileName: nameOf(
      geographic ? `${geographic.geography.toUpperCase()} ${fullName(modelId)}` : profileId,
    ),
    inferenceProfileArn: arn === undefined ? inferenceProfileArn(profileId) : text,
    inferenceProfileId: profileId,
    models: [{ modelArn: foundationModelArn(modelId) }],
    status: 'ACTIVE',
    type,
  };
}

function fullName(modelId: string): string {
  const { providerName, modelName } = modelIdToName(modelId);
  return `${providerName} ${modelName}`;
}

/** Reduces a text to what Bedrock allows in a name: letters and digits, with single spaces or hyphens between them. */
function nameOf(text: string): string {
  const words = text.replace(/[^A-Za-z0-9 ]+/g, '-').replace(/-? +-?/g, ' ');
  return words.slice(0, MAX_NAME_CHARACTERS).replace(/^[ -]+|[ -]+$/g, '');
}
