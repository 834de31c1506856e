import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DrainState } from '../server/drain-state.js';

/** Down from the start of a shutdown, so that load balancers send requests elsewhere. */
@Injectable()
export class DrainHealthIndicator {
  constructor(
    private readonly drainState: DrainState,
    private readonly indicators: HealthIndicatorService,
  ) {}

  check(): HealthIndicatorResult {
    const indicator = this.indicators.check('accepting_requests');
    return this.drainState.isDraining ? indicator.down({ reason: 'shutting_down' }) : indicator.up();
  }
}
