import { Module } from '@nestjs/common';
import { PromptRoutes } from './prompt-routes.js';
import { TargetHealthRegistry } from './target-health-registry.js';

/** The health of the targets that requests are routed to, and whether prompts have any. */
@Module({
  providers: [PromptRoutes, TargetHealthRegistry],
  exports: [TargetHealthRegistry],
})
export class RoutingModule {}
