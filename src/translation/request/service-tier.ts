import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ServiceTierType } from '../../bedrock/converse/service-tier.dto.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import type { RequestContext } from './request-context.js';

/** `reserved` has no equivalent: OpenAI's nearest tier is more expensive, so it is not used instead. */
const SERVICE_TIER = {
  default: 'default',
  flex: 'flex',
  priority: 'priority',
  reserved: undefined,
} as const satisfies Record<ServiceTierType, string | undefined>;

/** What of a target decides about the latency and the tier of an answer. */
export type LevelTarget = Pick<UpstreamTarget, 'dialect' | 'optimized' | 'tiers' | 'serviceTier'>;

/** `serviceTier` → `service_tier`: the one of the target, or that of the request for servers with service tiers. */
export function serviceTierToParams(
  { serviceTier }: Pick<ConverseRequestDto, 'serviceTier'>,
  { target, ignored }: Pick<RequestContext, 'target' | 'ignored'>,
): Pick<ChatCompletionParams, 'service_tier'> {
  const tier = sentTier(serviceTier?.type, target);
  if (serviceTier != null && !isServed(serviceTier.type, tier, target)) {
    // a route with targets for tiers falls back to the others, as Bedrock does
    if (target.tiers === undefined) ignored.parameter('serviceTier');
    else ignored.hint('serviceTier');
  }
  // an operator may name a tier that OpenAI has not
  return tier === undefined ? {} : { service_tier: tier as ChatCompletionParams['service_tier'] };
}

/** The value of `service_tier`. */
export function sentTier(
  type: ServiceTierType | undefined,
  { serviceTier, dialect }: LevelTarget,
): string | undefined {
  return serviceTier ?? (type !== undefined && dialect.serviceTier ? SERVICE_TIER[type] : undefined);
}

/** Reports a latency that the target does not give. */
export function reportLatency(
  performanceConfig: NonNullable<ConverseRequestDto['performanceConfig']>,
  { target: { optimized }, ignored }: Pick<RequestContext, 'target' | 'ignored'>,
): void {
  // an empty member requests nothing
  if (Object.keys(performanceConfig).length === 0) return;
  if (optimized === undefined) ignored.parameter('performanceConfig');
  else if (performanceConfig.latency === 'optimized' && !optimized) ignored.hint('performanceConfig');
}

function isServed(type: ServiceTierType, tier: string | undefined, { tiers }: LevelTarget): boolean {
  return tiers?.includes(type) === true || (tier !== undefined && tier === SERVICE_TIER[type]);
}
