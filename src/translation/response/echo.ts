import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { PerformanceConfig, ServiceTier } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';

/** Service tiers of OpenAI and Groq → Bedrock's. Any other tier counts as `default`. */
const TIERS: ReadonlyMap<unknown, ServiceTier['type']> = new Map([
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'priority'],
  ['performance', 'priority'],
]);

/** The tier that served the answer. Returned when the request named a tier, or when it is not the default one. */
export function echoedTier(
  request: Pick<ConverseRequestDto, 'serviceTier'>,
  answer: Pick<ChatCompletionAnswer, 'service_tier'>,
): ServiceTier | undefined {
  const type = TIERS.get(answer.service_tier) ?? 'default';
  return request.serviceTier != null || type !== 'default' ? { type } : undefined;
}

/** Latency is always `standard`, since no upstream offers another one. Returned when the request set a latency. */
export function echoedPerformanceConfig(
  request: Pick<ConverseRequestDto, 'performanceConfig'>,
): PerformanceConfig | undefined {
  return request.performanceConfig == null ? undefined : { latency: 'standard' };
}
