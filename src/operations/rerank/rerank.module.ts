import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { RerankController } from './rerank.controller.js';
import { RerankHandler } from './rerank.handler.js';
import { RerankService } from './rerank.service.js';

@Module({
  imports: [ModelOperationsModule],
  controllers: [RerankController],
  providers: [RerankService, RerankHandler],
  exports: [RerankHandler],
})
export class RerankModule {}
