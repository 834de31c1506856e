import { Module } from '@nestjs/common';
import { TargetHealthRegistry } from './target-health-registry.js';

/** The health of the targets that requests are routed to. */
@Module({
  providers: [TargetHealthRegistry],
  exports: [TargetHealthRegistry],
})
export class RoutingModule {}
