import { Injectable } from '@nestjs/common';
import type { Upstream } from '../config/configuration.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { TargetHealth, type BreakerState } from './target-health.js';

/** Model names come from clients: so many, then the oldest of the upstream is forgotten. */
const MAX_MODELS = 1_000;

/**
 * How the targets are, each model of an upstream by itself: many upstreams are gateways, of whose models one may
 * fail or be used up while the next on a route does not.
 */
@Injectable()
export class TargetHealthRegistry {
  private readonly ofUpstream = new WeakMap<Upstream, Map<string, TargetHealth>>();

  of({ upstream, model }: UpstreamTarget): TargetHealth {
    const ofModel = this.ofUpstream.get(upstream) ?? new Map<string, TargetHealth>();
    const known = ofModel.get(model);
    if (known !== undefined) return known;
    const oldest = ofModel.keys().next();
    if (ofModel.size >= MAX_MODELS && !oldest.done) ofModel.delete(oldest.value);
    const health = new TargetHealth();
    this.ofUpstream.set(upstream, ofModel.set(model, health));
    return health;
  }

  /** The worst of its models'. */
  breakerStateOf(upstream: Upstream): BreakerState {
    const ofModel = this.ofUpstream.get(upstream) ?? new Map<string, TargetHealth>();
    const states = new Set([...ofModel.values()].map(({ breakerState }) => breakerState));
    if (states.has('open')) return 'open';
    return states.has('half-open') ? 'half-open' : 'closed';
  }

  /** The targets to ask, in order of preference; none when it is of no use now. */
  available(targets: readonly UpstreamTarget[]): readonly UpstreamTarget[] {
    if (targets.length === 1) {
      // where there is no other, even one that asked for time is asked: it may have some by now
      return targets.filter((target) => this.of(target).availability !== 'open');
    }
    const ready = targets.filter((target) => this.of(target).availability === 'ready');
    if (ready.length > 0) return ready;
    return targets.filter((target) => this.of(target).availability === 'probed');
  }

  /** Milliseconds until one of the targets may be asked again. */
  retryAfterMs(targets: readonly UpstreamTarget[]): number {
    return Math.min(...targets.map((target) => this.of(target).retryAfterMs));
  }
}
