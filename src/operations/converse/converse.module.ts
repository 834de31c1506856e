import { Module } from '@nestjs/common';
import { OpenAIModule } from '../../openai/openai.module.js';
import { UpstreamTargets } from '../upstream-targets.js';
import { ConverseController } from './converse.controller.js';
import { ConverseService } from './converse.service.js';

@Module({
  imports: [OpenAIModule],
  controllers: [ConverseController],
  providers: [ConverseService, UpstreamTargets],
})
export class ConverseModule {}
