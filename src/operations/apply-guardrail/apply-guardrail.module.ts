import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ModelOperationsModule } from '../model-operations.module.js';
import { ApplyGuardrailController } from './apply-guardrail.controller.js';
import { ApplyGuardrailService } from './apply-guardrail.service.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [ApplyGuardrailController],
  providers: [ApplyGuardrailService],
})
export class ApplyGuardrailModule {}
