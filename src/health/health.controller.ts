import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../server/public.decorator.js';
import { DrainHealthIndicator } from './drain.health.js';
import { HealthCheckFilter } from './health-check.filter.js';

/** None of the probes calls an upstream: one that is down must not take every replica out of service. */
@Public()
@Controller('health')
@UseFilters(HealthCheckFilter)
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly drain: DrainHealthIndicator,
  ) {}

  /** Everything that is checked. */
  @Get()
  @HealthCheck()
  summary(): Promise<HealthCheckResult> {
    return this.health.check([() => this.drain.check()]);
  }

  /**
   * The process answers: nothing else would be mended by a restart. Terminus is not asked, for it denies a process
   * that is about to go.
   */
  @Get('live')
  @HealthCheck()
  live(): HealthCheckResult {
    return { status: 'ok', info: {}, error: {}, details: {} };
  }

  /** New requests are welcome. */
  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.drain.check()]);
  }
}
