import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { PerformanceConfig, ServiceTier } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { type LevelTarget, sentTier } from '../request/service-tier.js';

/** Service tiers of OpenAI and Groq → Bedrock's. Any other tier counts as `default`. */
const TIERS: ReadonlyMap<unknown, ServiceTier['type']> = new Map([
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'priority'],
  ['performance', 'priority'],
]);

type RequestedTier = Pick<ConverseRequestDto, 'serviceTier'>;

/**
 * The tier that served the answer. Returned when the request named a tier, or when it is not the default one. A target
 * for the tier gives it, unless its server says that it gave another one than it was sent.
 */
export function echoedTier(
  { serviceTier }: RequestedTier,
  answer: Pick<ChatCompletionAnswer, 'service_tier'>,
  target: LevelTarget,
): ServiceTier | undefined {
  const asked = serviceTier?.type;
  if (asked !== undefined && target.tiers?.includes(asked) === true) {
    const sent = sentTier(asked, target);
    const given = answer.service_tier;
    if (sent === undefined || given == null || given === sent) return { type: asked };
  }
  const type = givenTier(answer);
  return asked !== undefined || type !== 'default' ? { type } : undefined;
}

/** What the server says. */
export function givenTier({ service_tier }: Pick<ChatCompletionAnswer, 'service_tier'>): ServiceTier['type'] {
  return TIERS.get(service_tier) ?? 'default';
}

/** The latency of the target. Returned when the request set a latency. */
export function echoedPerformanceConfig(
  { performanceConfig }: Pick<ConverseRequestDto, 'performanceConfig'>,
  { optimized }: LevelTarget,
): PerformanceConfig | undefined {
  if (performanceConfig == null) return undefined;
  const isOptimized = optimized === true && performanceConfig.latency === 'optimized';
  return { latency: isOptimized ? 'optimized' : 'standard' };
}
