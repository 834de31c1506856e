import { Module } from '@nestjs/common';
import { TargetFailoverModule } from '../target-failover.module.js';
import { ConverseController } from './converse.controller.js';
import { ConverseService } from './converse.service.js';

@Module({
  imports: [TargetFailoverModule],
  controllers: [ConverseController],
  providers: [ConverseService],
})
export class ConverseModule {}
