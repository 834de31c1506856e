import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { CountTokensController } from './count-tokens.controller.js';
import { CountTokensService } from './count-tokens.service.js';

@Module({
  imports: [ModelOperationsModule],
  controllers: [CountTokensController],
  providers: [CountTokensService],
})
export class CountTokensModule {}
