import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { ConverseController } from './converse.controller.js';
import { ConverseService } from './converse.service.js';

@Module({
  imports: [ModelOperationsModule],
  controllers: [ConverseController],
  providers: [ConverseService],
  exports: [ConverseService],
})
export class ConverseModule {}
