import { Module } from '@nestjs/common';
import { TargetHealthRegistry } from './target-health-registry.js';

/** Where a request may go. */
@Module({
  providers: [TargetHealthRegistry],
  exports: [TargetHealthRegistry],
})
export class RoutingModule {}
