import { Injectable } from '@nestjs/common';
import { Configurations } from '../../config/configuration.js';
import type { BreakerState } from '../../routing/target-health.js';
import { TargetHealthRegistry } from '../../routing/target-health-registry.js';
import { Metrics } from './metrics.js';

const VALUES = { closed: 0, 'half-open': 1, open: 2 } as const satisfies Record<BreakerState, number>;

/** The breaker state of every upstream in the current configuration. */
@Injectable()
export class BreakerMetrics {
  constructor(metrics: Metrics, configurations: Configurations, healths: TargetHealthRegistry) {
    metrics.gauge('proxy_upstream_breaker_state', (gauge) => {
      gauge.reset();
      for (const upstream of configurations.current.upstreams) {
        gauge.set({ upstream: upstream.name }, VALUES[healths.breakerStateOf(upstream)]);
      }
    });
  }
}
