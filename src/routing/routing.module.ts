import { Module } from '@nestjs/common';
import { TargetHealths } from './target-healths.js';

/** Where a request may go. */
@Module({
  providers: [TargetHealths],
  exports: [TargetHealths],
})
export class RoutingModule {}
