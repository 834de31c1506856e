import { Module } from '@nestjs/common';
import { LimitsModule } from '../../limits/limits.module.js';
import { OpenAIModule } from '../../openai/openai.module.js';
import { RequestDocumentsModule } from '../documents/request-documents.module.js';
import { ConverseGuards } from './converse-guards.js';
import { GuardrailExaminer } from './guardrail-examiner.js';
import { Guardrails } from './guardrails.js';
import { Moderations } from './moderations.js';

/** Examines requests and answers by the guardrails of the configuration. */
@Module({
  imports: [LimitsModule, OpenAIModule, RequestDocumentsModule],
  providers: [ConverseGuards, GuardrailExaminer, Guardrails, Moderations],
  exports: [ConverseGuards, GuardrailExaminer, Guardrails, Moderations],
})
export class GuardrailsModule {}
