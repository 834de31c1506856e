import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DrainHealthIndicator } from './drain.health.js';
import { HealthController } from './health.controller.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [DrainHealthIndicator],
})
export class HealthModule {}
