import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { ConfigReloadMetrics } from './config-reload.metrics.js';
import { MetricsController } from './metrics.controller.js';

/** One registry a service, not the one that prom-client shares in the process. */
@Module({
  controllers: [MetricsController],
  providers: [{ provide: Registry, useFactory: () => new Registry() }, ConfigReloadMetrics],
  exports: [Registry],
})
export class MetricsModule {}
