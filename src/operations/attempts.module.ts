import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { OpenAIModule } from '../openai/openai.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { Attempts } from './attempts.js';

/** What every operation that asks a model needs. */
@Module({
  imports: [LimitsModule, OpenAIModule, RoutingModule],
  providers: [Attempts],
  exports: [Attempts, LimitsModule, OpenAIModule],
})
export class AttemptsModule {}
