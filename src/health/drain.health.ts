import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DrainState } from '../server/drain-state.js';

/** Down from the moment the process is told to go, so that load balancers look elsewhere. */
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
