import { modelIdToName } from '../../bedrock/foundation-models/model-name.js';
import type {
  InferenceProfileSummary,
  InferenceProfileType,
} from '../../bedrock/inference-profiles/inference-profile.js';
import { parseProfileId } from '../../bedrock/inference-profiles/profile-id.js';
import { foundationModelArn, inferenceProfileArn } from '../../bedrock/model-arn.js';
import type { ModelId } from '../../bedrock/model-id.js';
import type { CallableModels } from '../callable-models.js';
import { underlyingModel } from '../underlying-model.js';

const MAX_NAME_CHARACTERS = 64;

const TYPE_OF_RESOURCE = new Map<string | undefined, InferenceProfileType>([
  ['inference-profile', 'SYSTEM_DEFINED'],
  ['application-inference-profile', 'APPLICATION'],
]);

/** Whether an id or ARN is that of a profile. */
export function isInferenceProfile({ name, arn, resourceType }: ModelId): boolean {
  return arn === undefined ? parseProfileId(name) !== undefined : TYPE_OF_RESOURCE.has(resourceType);
}

/** Id or ARN of a profile, or of anything else that the client may call, as if it were one → its summary. */
export function toInferenceProfile(identifier: ModelId, callable: CallableModels): InferenceProfileSummary {
  const { text, name: profileId, resourceType } = identifier;
  const geographic = parseProfileId(profileId);
  const modelId = underlyingModel(identifier, callable);
  return {
    inferenceProfileName: nameOf(
      geographic ? `${geographic.geography.toUpperCase()} ${fullName(geographic.modelId)}` : profileId,
    ),
    inferenceProfileArn: TYPE_OF_RESOURCE.has(resourceType) ? text : inferenceProfileArn(profileId),
    inferenceProfileId: profileId,
    models: [{ modelArn: foundationModelArn(modelId) }],
    status: 'ACTIVE',
    type: TYPE_OF_RESOURCE.get(resourceType) ?? 'SYSTEM_DEFINED',
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
