import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Logger } from 'pino';
import { RoutingModule } from '../routing/routing.module.js';
import { Exchanges } from './exchanges.js';
import { AccessLog } from './logs/access-log.js';
import { PromptLog } from './logs/prompt-log.js';
import { ROOT_LOGGER } from './logs/root-logger.token.js';
import { BreakerMetrics } from './metrics/breaker.metrics.js';
import { ConfigReloadMetrics } from './metrics/config-reload.metrics.js';
import { GenAiMetrics } from './metrics/gen-ai.metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';
import { ModelNames } from './metrics/model-names.js';
import { RequestMetadataMetrics } from './metrics/request-metadata.metrics.js';
import { RequestMetrics } from './metrics/request.metrics.js';
import { OperationGuard } from './operation.guard.js';
import { Traces } from './traces/traces.js';

const METRICS = [
  Metrics,
  ModelNames,
  RequestMetrics,
  RequestMetadataMetrics,
  GenAiMetrics,
  BreakerMetrics,
  ConfigReloadMetrics,
];

/** The record of every request, and its readers: the access log, the metrics and the traces. */
@Global()
@Module({})
export class ObservabilityModule {
  /** Import it before every module that has guards, so that the operation is recorded before a guard refuses it. */
  static forRoot(root: Logger): DynamicModule {
    return {
      module: ObservabilityModule,
      imports: [RoutingModule],
      controllers: [MetricsController],
      providers: [
        { provide: ROOT_LOGGER, useValue: root },
        { provide: APP_GUARD, useClass: OperationGuard },
        Exchanges,
        AccessLog,
        PromptLog,
        Traces,
        ...METRICS,
      ],
      exports: [Exchanges],
    };
  }
}
