import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { ChatCountService } from './chat-count.service.js';
import { CountInputService } from './count-input.service.js';
import { CountTokensController } from './count-tokens.controller.js';
import { CountTokensService } from './count-tokens.service.js';
import { TargetCounts } from './target-counts.js';
import { TokenCounting } from './token-counting.js';

@Module({
  imports: [ModelOperationsModule],
  controllers: [CountTokensController],
  providers: [ChatCountService, CountInputService, CountTokensService, TokenCounting, TargetCounts],
  exports: [CountTokensService, TokenCounting],
})
export class CountTokensModule {}
