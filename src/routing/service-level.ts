import type { UpstreamTarget } from '../openai/upstream-target.js';
import type { ModelRoute } from './model-route.js';

/** The latency and the service tier that a request asks for. */
export interface RequestedLevel {
  readonly performanceConfig?: { readonly latency?: string | null } | null;
  readonly serviceTier?: { readonly type: string } | null;
}

/** What of it a target is for. */
export interface ServedLevel {
  readonly latency?: 'optimized';
  readonly serviceTier?: string;
}

/**
 * The targets for a request, in order of preference: those for what it asks for, those for most of it first, and then
 * those for all requests, which serve it as Bedrock does when it has no room left.
 */
export function targetsForLevel(
  { targets, levelTargets }: ModelRoute,
  level: RequestedLevel,
): readonly UpstreamTarget[] {
  if (levelTargets === undefined) return targets;
  const ranked = levelTargets.map((target) => ({ target, served: servedCount(target, level) }));
  const serving = ranked
    .filter(({ served }) => served > 0)
    .toSorted((one, other) => other.served - one.served);
  return [...serving.map(({ target }) => target), ...targets];
}

/** Undefined for a target that is for all requests. */
export function servedLevel(
  { optimized, tiers }: UpstreamTarget,
  { performanceConfig, serviceTier }: RequestedLevel,
): ServedLevel | undefined {
  const isOptimized = optimized === true && performanceConfig?.latency === 'optimized';
  const isOfTier = serviceTier != null && tiers?.includes(serviceTier.type) === true;
  if (!isOptimized && !isOfTier) return undefined;
  return { ...(isOptimized && { latency: 'optimized' }), ...(isOfTier && { serviceTier: serviceTier.type }) };
}

function servedCount(target: UpstreamTarget, level: RequestedLevel): number {
  return Object.keys(servedLevel(target, level) ?? {}).length;
}
