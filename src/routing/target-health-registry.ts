import { Injectable } from '@nestjs/common';
import type { Upstream } from '../config/configuration.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { TargetHealth, type BreakerState } from './target-health.js';

/** Per upstream. Clients choose model names, so the oldest entry is dropped beyond this number. */
const MAX_MODELS = 1_000;

/**
 * The health of every target. Each model of an upstream has its own: many upstreams are gateways, where one model can
 * fail or reach its quota while others work.
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

  /** The worst state among the upstream's models. */
  breakerStateOf(upstream: Upstream): BreakerState {
    const ofModel = this.ofUpstream.get(upstream) ?? new Map<string, TargetHealth>();
    const states = new Set([...ofModel.values()].map(({ breakerState }) => breakerState));
    if (states.has('open')) return 'open';
    return states.has('half-open') ? 'half-open' : 'closed';
  }

  /** The targets to call now, in order of preference; empty when none can be called. */
  available(targets: readonly UpstreamTarget[]): readonly UpstreamTarget[] {
    if (targets.length === 1) {
      // a single target is called even before its Retry-After has passed: there is no alternative
      return targets.filter((target) => this.of(target).availability !== 'open');
    }
    const ready = targets.filter((target) => this.of(target).availability === 'ready');
    if (ready.length > 0) return ready;
    return targets.filter((target) => this.of(target).availability === 'probed');
  }

  /** Milliseconds until one of the targets can be called again. */
  retryAfterMs(targets: readonly UpstreamTarget[]): number {
    return Math.min(...targets.map((target) => this.of(target).retryAfterMs));
  }
}
