import type { InferenceConfigurationDto } from '../../bedrock/converse/inference-config.dto.js';
import type { Dialect } from '../../openai/dialect.js';
import { withinOutputLimit } from './output-limit.js';
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
 * `inferenceConfig` → sampling parameters with the same values. `temperature` keeps Bedrock's range of 0 to 1. Models with
 * fixed sampling refuse `temperature` and `top_p`, so both are ignored there. `maxTokens` is lowered to what the target writes at most.
 * @throws ValidationException for more stop sequences than the upstream accepts
 */
export function inferenceConfigToParams(
  { maxTokens, temperature, topP, stopSequences }: InferenceConfigurationDto,
  context: RequestContext,
): SamplingParams {
  const { dialect, target, ignored } = context;
  const params: SamplingParams = {};
  const isFixed = hasFixedSampling(dialect, target.model);
  if (maxTokens != null) {
    params[dialect.maxTokensField] = withinOutputLimit(maxTokens, 'inferenceConfig.maxTokens', context);
  }
  if (isFixed && temperature != null) ignored.parameter('inferenceConfig.temperature');
  if (isFixed && topP != null) ignored.parameter('inferenceConfig.topP');
  if (!isFixed && temperature != null) params.temperature = temperature;
  if (!isFixed && topP != null) params.top_p = topP;
  if (stopSequences != null && stopSequences.length > 0) {
    params.stop = stopSequencesToStop(stopSequences, 'inferenceConfig.stopSequences', dialect);
  }
  return params;
}

/** Whether the model accepts no `temperature` and `top_p`. */
export function hasFixedSampling({ fixedSamplingModels }: Dialect, model: string): boolean {
  return fixedSamplingModels?.test(model) === true;
}
