import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ConverseCall } from './converse-call.js';
import { ConverseController } from './converse.controller.js';
import { ConverseService } from './converse.service.js';
import { PromptedConverse } from './prompted-converse.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [ConverseController],
  providers: [ConverseCall, ConverseService, PromptedConverse],
  exports: [ConverseService],
})
export class ConverseModule {}
