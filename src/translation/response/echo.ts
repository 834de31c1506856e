import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { PerformanceConfig, ServiceTier } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';

/** Tiers of OpenAI and Groq. A stranger is the default. */
const TIERS: ReadonlyMap<unknown, ServiceTier['type']> = new Map([
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'priority'],
  ['performance', 'priority'],
]);

/** The tier that served the answer: said when the request asked for one, or when it is not the default. */
export function echoedTier(
  request: Pick<ConverseRequestDto, 'serviceTier'>,
  answer: Pick<ChatCompletionAnswer, 'service_tier'>,
): ServiceTier | undefined {
  const type = TIERS.get(answer.service_tier) ?? 'default';
  return request.serviceTier != null || type !== 'default' ? { type } : undefined;
}

/** Every answer has the standard latency: no server here knows another. Said when the request asked. */
export function echoedPerformanceConfig(
  request: Pick<ConverseRequestDto, 'performanceConfig'>,
): PerformanceConfig | undefined {
  return request.performanceConfig == null ? undefined : { latency: 'standard' };
}
