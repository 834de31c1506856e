import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../server/public.decorator.js';
import { DrainHealthIndicator } from './drain.health.js';
import { HealthCheckFilter } from './health-check.filter.js';

/** No probe calls an upstream: an upstream that is down must not take every replica out of service. */
@Public()
@Controller('health')
@UseFilters(HealthCheckFilter)
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly drain: DrainHealthIndicator,
  ) {}

  /** The results of all checks. */
  @Get()
  @HealthCheck()
  summary(): Promise<HealthCheckResult> {
    return this.health.check([() => this.drain.check()]);
  }

  /**
   * Up whenever the process answers: a restart would repair nothing else. It does not ask Terminus, which reports a
   * process that is shutting down as unhealthy.
   */
  @Get('live')
  @HealthCheck()
  live(): HealthCheckResult {
    return { status: 'ok', info: {}, error: {}, details: {} };
  }

  /** Up while the process accepts new requests. */
  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.drain.check()]);
  }
}
