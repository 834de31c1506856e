import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { OpenAIModule } from '../openai/openai.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { RequestDocumentsModule } from './documents/request-documents.module.js';
import { ModelAdmission } from './model-admission.js';
import { TargetFailover } from './target-failover.js';

/** The providers that every operation on a model needs. */
@Module({
  imports: [LimitsModule, OpenAIModule, RequestDocumentsModule, RoutingModule],
  providers: [ModelAdmission, TargetFailover],
  exports: [ModelAdmission, TargetFailover, LimitsModule, OpenAIModule, RequestDocumentsModule],
})
export class ModelOperationsModule {}
