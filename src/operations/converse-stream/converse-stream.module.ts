import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ConverseStreamController } from './converse-stream.controller.js';
import { ConverseStreamPipeline } from './converse-stream.pipeline.js';
import { ConverseStreamService } from './converse-stream.service.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [ConverseStreamController],
  providers: [ConverseStreamPipeline, ConverseStreamService],
  exports: [ConverseStreamService],
})
export class ConverseStreamModule {}
