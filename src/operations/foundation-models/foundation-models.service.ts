import { Injectable } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type {
  FoundationModelSummary,
  GetFoundationModelResponse,
  ListFoundationModelsResponse,
} from '../../bedrock/foundation-models/foundation-model.js';
import type { ListFoundationModelsRequestDto } from '../../bedrock/foundation-models/list-foundation-models-request.dto.js';
import { modelIdToName } from '../../bedrock/foundation-models/model-name.js';
import { parseProfileId } from '../../bedrock/inference-profiles/profile-id.js';
import { foundationModelArn } from '../../bedrock/model-arn.js';
import { ModelId } from '../../bedrock/model-id.js';
import { Configurations, type Client } from '../../config/configuration.js';
import { CallableModels } from '../callable-models.js';
import { modalitiesOf, modelKind } from './model-kind.js';
import { underlyingModel } from '../underlying-model.js';

/** Lists the model table as foundation models. A client sees only the models that it may call. */
@Injectable()
export class FoundationModelsService {
  constructor(private readonly configurations: Configurations) {}

  list(query: ListFoundationModelsRequestDto, client: Client): ListFoundationModelsResponse {
    const callable = new CallableModels(this.configurations.current, client);
    const summaries = listed(callable).map((modelId) => toSummary(modelId, callable));
    return { modelSummaries: summaries.filter((summary) => matches(summary, query)) };
  }

  /**
   * Finds any model that the client may call, listed or not. A profile, or another resource, leads to its model.
   * @throws BedrockException `ResourceNotFoundException`
   */
  get(identifier: ModelId, client: Client): GetFoundationModelResponse {
    const callable = new CallableModels(this.configurations.current, client);
    const modelId = identifierToModelId(identifier) ?? underlyingModel(identifier, callable);
    if (callable.has(identifier)) return { modelDetails: toSummary(modelId, callable) };
    const isThere = identifierToModelId(identifier) === modelId && isListedOrCalled(modelId, callable);
    if (!isThere) throw notFound();
    return { modelDetails: toSummary(modelId, callable) };
  }
}

/** An inference profile also lists its model, because clients that list profiles look for both. */
function listed(callable: CallableModels): string[] {
  const modelIds = callable.named.flatMap((named) => namedToModelId(named) ?? []);
  return [...new Set(modelIds)];
}

function namedToModelId(named: ModelId): string | undefined {
  const isProfile = named.arn === undefined || named.resourceType === 'inference-profile';
  const profile = isProfile ? parseProfileId(named.name) : undefined;
  return profile?.modelId ?? identifierToModelId(named);
}

/** Id or ARN of a foundation model → its id; undefined for anything else, such as a profile. */
function identifierToModelId({ name, arn, resourceType }: ModelId): string | undefined {
  if (arn !== undefined) return resourceType === 'foundation-model' ? name : undefined;
  return parseProfileId(name) === undefined ? name : undefined;
}

function isListedOrCalled(modelId: string, callable: CallableModels): boolean {
  return callable.hasText(modelId) || listed(callable).includes(modelId);
}

function toSummary(modelId: string, callable: CallableModels): FoundationModelSummary {
  const { modelName, providerName } = modelIdToName(modelId);
  const modelArn = foundationModelArn(modelId);
  const named = ModelId.read(modelId);
  const rule = named && callable.ruleOf(named);
  const { input, output, streams } = modalitiesOf(modelKind(modelId, rule), rule);
  const isOnDemand = callable.hasText(modelId) || callable.hasText(modelArn);
  return {
    modelArn,
    modelId,
    modelName,
    providerName,
    inputModalities: input,
    outputModalities: output,
    responseStreamingSupported: streams,
    customizationsSupported: [],
    inferenceTypesSupported: [isOnDemand ? 'ON_DEMAND' : 'INFERENCE_PROFILE'],
    modelLifecycle: { status: 'ACTIVE' },
  };
}

function matches(model: FoundationModelSummary, query: ListFoundationModelsRequestDto): boolean {
  const { byProvider, byCustomizationType, byOutputModality, byInferenceType } = query;
  const provider = byProvider?.toLowerCase();
  const providers = [model.providerName, modelIdToName(model.modelId).provider];
  return (
    (provider === undefined || providers.some((name) => name?.toLowerCase() === provider)) &&
    (byCustomizationType === undefined || model.customizationsSupported.includes(byCustomizationType)) &&
    (byOutputModality === undefined || model.outputModalities.includes(byOutputModality)) &&
    (byInferenceType === undefined || model.inferenceTypesSupported.includes(byInferenceType))
  );
}

function notFound(): BedrockException {
  return new BedrockException(
    'ResourceNotFoundException',
    'Could not resolve the foundation model from the provided model identifier.',
  );
}
