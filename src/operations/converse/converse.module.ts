import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ConverseController } from './converse.controller.js';
import { ConversePipeline } from './converse.pipeline.js';
import { ConverseService } from './converse.service.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [ConverseController],
  providers: [ConversePipeline, ConverseService],
  exports: [ConverseService],
})
export class ConverseModule {}
