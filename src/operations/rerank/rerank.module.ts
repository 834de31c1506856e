import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ModelOperationsModule } from '../model-operations.module.js';
import { RerankController } from './rerank.controller.js';
import { RerankHandler } from './rerank.handler.js';
import { RerankService } from './rerank.service.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [RerankController],
  providers: [RerankService, RerankHandler],
  exports: [RerankHandler],
})
export class RerankModule {}
