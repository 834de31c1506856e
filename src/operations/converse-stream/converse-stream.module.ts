import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ConverseStreamCall } from './converse-stream-call.js';
import { ConverseStreamController } from './converse-stream.controller.js';
import { ConverseStreamService } from './converse-stream.service.js';
import { PromptedConverseStream } from './prompted-converse-stream.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [ConverseStreamController],
  providers: [ConverseStreamCall, ConverseStreamService, PromptedConverseStream],
  exports: [ConverseStreamService],
})
export class ConverseStreamModule {}
