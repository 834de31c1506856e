import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ModelOperationsModule } from '../model-operations.module.js';
import { GuardrailChecksController } from './guardrail-checks.controller.js';
import { GuardrailChecksService } from './guardrail-checks.service.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [GuardrailChecksController],
  providers: [GuardrailChecksService],
})
export class GuardrailChecksModule {}
