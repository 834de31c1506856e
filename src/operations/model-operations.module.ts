import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { ObjectStoreModule } from '../object-store/object-store.module.js';
import { OpenAIModule } from '../openai/openai.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { RequestDocumentsModule } from './documents/request-documents.module.js';
import { ModelAdmission } from './model-admission.js';
import { RequestObjects } from './s3-locations/request-objects.js';
import { TargetFailover } from './target-failover.js';

/** The providers that every operation on a model needs. */
@Module({
  imports: [LimitsModule, ObjectStoreModule, OpenAIModule, RequestDocumentsModule, RoutingModule],
  providers: [ModelAdmission, RequestObjects, TargetFailover],
  exports: [
    ModelAdmission,
    RequestObjects,
    TargetFailover,
    LimitsModule,
    OpenAIModule,
    RequestDocumentsModule,
  ],
})
export class ModelOperationsModule {}
