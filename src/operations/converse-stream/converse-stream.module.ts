import { Module } from '@nestjs/common';
import { OpenAIModule } from '../../openai/openai.module.js';
import { UpstreamTargets } from '../upstream-targets.js';
import { ConverseStreamController } from './converse-stream.controller.js';
import { ConverseStreamService } from './converse-stream.service.js';

@Module({
  imports: [OpenAIModule],
  controllers: [ConverseStreamController],
  providers: [ConverseStreamService, UpstreamTargets],
})
export class ConverseStreamModule {}
