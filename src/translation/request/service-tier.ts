import type { ServiceTierDto, ServiceTierType } from '../../bedrock/converse/service-tier.dto.js';
import type { RequestContext } from './request-context.js';

/** `reserved` has no equivalent: OpenAI's nearest tier is more expensive, so it is not used instead. */
const SERVICE_TIER = {
  default: 'default',
  flex: 'flex',
  priority: 'priority',
  reserved: undefined,
} as const satisfies Record<ServiceTierType, string | undefined>;

/** `serviceTier` → `service_tier`, for servers with service tiers. */
export function serviceTierToParams(
  { type }: ServiceTierDto,
  { dialect, ignored }: RequestContext,
): { service_tier?: 'default' | 'flex' | 'priority' } {
  const tier = SERVICE_TIER[type];
  if (dialect.serviceTier && tier !== undefined) return { service_tier: tier };
  ignored.parameter('serviceTier');
  return {};
}
