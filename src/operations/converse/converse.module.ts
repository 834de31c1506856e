import { Module } from '@nestjs/common';
import { OpenAIModule } from '../../openai/openai.module.js';
import { TranslationModule } from '../../translation/translation.module.js';
import { UpstreamTargets } from '../upstream-targets.js';
import { ConverseController } from './converse.controller.js';
import { ConverseService } from './converse.service.js';

@Module({
  imports: [OpenAIModule, TranslationModule],
  controllers: [ConverseController],
  providers: [ConverseService, UpstreamTargets],
})
export class ConverseModule {}
