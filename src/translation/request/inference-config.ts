import type { InferenceConfigurationDto } from '../../bedrock/converse/inference-config.dto.js';
import type { RequestContext } from './request-context.js';
import { stopSequencesToStop } from './stop-sequences.js';

export interface SamplingParams {
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  top_p?: number;
  stop?: string[];
}

/**
 * `inferenceConfig` → sampling parameters, unchanged in value: `temperature` stays in Bedrock's range of 0 to 1.
 * @throws ValidationException for more stop sequences than the upstream takes
 */
export function inferenceConfigToParams(
  { maxTokens, temperature, topP, stopSequences }: InferenceConfigurationDto,
  { dialect }: RequestContext,
): SamplingParams {
  const params: SamplingParams = {};
  if (maxTokens != null) params[dialect.maxTokensField] = maxTokens;
  if (temperature != null) params.temperature = temperature;
  if (topP != null) params.top_p = topP;
  if (stopSequences != null && stopSequences.length > 0) {
    params.stop = stopSequencesToStop(stopSequences, 'inferenceConfig.stopSequences', dialect);
  }
  return params;
}
