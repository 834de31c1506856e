import type { ServerResponse } from 'node:http';
import { Controller, Get, Res } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Public } from '../../server/public.decorator.js';

/** For Prometheus, in its text format. */
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly registry: Registry) {}

  /** Written here, for what a route returns is sent as JSON. */
  @Get()
  async exposition(@Res() response: ServerResponse): Promise<void> {
    const text = await this.registry.metrics();
    response.setHeader('content-type', this.registry.contentType);
    response.setHeader('cache-control', 'no-store');
    response.end(text);
  }
}
