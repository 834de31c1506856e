import { Module } from '@nestjs/common';
import { AttemptsModule } from '../attempts.module.js';
import { ConverseController } from './converse.controller.js';
import { ConverseService } from './converse.service.js';

@Module({
  imports: [AttemptsModule],
  controllers: [ConverseController],
  providers: [ConverseService],
})
export class ConverseModule {}
