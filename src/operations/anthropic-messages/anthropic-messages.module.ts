import { Module } from '@nestjs/common';
import { CountTokensModule } from '../count-tokens/count-tokens.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { InvokeModelModule } from '../invoke-model/invoke-model.module.js';
import { ModelOperationsModule } from '../model-operations.module.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { MessageTokensController } from './message-tokens.controller.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule, InvokeModelModule, CountTokensModule],
  controllers: [MessagesController, MessageTokensController],
  providers: [MessagesService],
})
export class AnthropicMessagesModule {}
