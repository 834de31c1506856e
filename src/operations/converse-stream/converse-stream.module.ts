import { Module } from '@nestjs/common';
import { TargetFailoverModule } from '../target-failover.module.js';
import { ConverseStreamController } from './converse-stream.controller.js';
import { ConverseStreamService } from './converse-stream.service.js';

@Module({
  imports: [TargetFailoverModule],
  controllers: [ConverseStreamController],
  providers: [ConverseStreamService],
})
export class ConverseStreamModule {}
