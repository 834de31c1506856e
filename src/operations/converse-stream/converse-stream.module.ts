import { Module } from '@nestjs/common';
import { AttemptsModule } from '../attempts.module.js';
import { ConverseStreamController } from './converse-stream.controller.js';
import { ConverseStreamService } from './converse-stream.service.js';

@Module({
  imports: [AttemptsModule],
  controllers: [ConverseStreamController],
  providers: [ConverseStreamService],
})
export class ConverseStreamModule {}
