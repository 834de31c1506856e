import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { ConverseStreamController } from './converse-stream.controller.js';
import { ConverseStreamService } from './converse-stream.service.js';

@Module({
  imports: [ModelOperationsModule],
  controllers: [ConverseStreamController],
  providers: [ConverseStreamService],
  exports: [ConverseStreamService],
})
export class ConverseStreamModule {}
