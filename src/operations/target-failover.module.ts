import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { OpenAIModule } from '../openai/openai.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { TargetFailover } from './target-failover.js';

/** What every operation that calls a model needs. */
@Module({
  imports: [LimitsModule, OpenAIModule, RoutingModule],
  providers: [TargetFailover],
  exports: [TargetFailover, LimitsModule, OpenAIModule],
})
export class TargetFailoverModule {}
