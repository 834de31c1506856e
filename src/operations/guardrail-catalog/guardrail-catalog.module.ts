import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { GuardrailCatalogController } from './guardrail-catalog.controller.js';
import { GuardrailCatalogService } from './guardrail-catalog.service.js';

@Module({
  imports: [GuardrailsModule],
  controllers: [GuardrailCatalogController],
  providers: [GuardrailCatalogService],
})
export class GuardrailCatalogModule {}
