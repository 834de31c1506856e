import type { ServerResponse } from 'node:http';
import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ManagementGuard } from '../../server/management/management.guard.js';
import { Public } from '../../server/public.decorator.js';
import { Metrics } from './metrics.js';

/** For Prometheus, in its text format. */
@Public()
@UseGuards(ManagementGuard)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** Writes the response itself, because a returned value is sent as JSON. */
  @Get()
  async exposition(@Res() response: ServerResponse): Promise<void> {
    const { registry } = this.metrics;
    const text = await registry.metrics();
    response.setHeader('content-type', registry.contentType);
    response.setHeader('cache-control', 'no-store');
    response.end(text);
  }
}
