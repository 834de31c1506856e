import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ModelOperationsModule } from '../model-operations.module.js';
import { ChatCompletionsController } from './chat-completions.controller.js';
import { ChatCompletionsHandler } from './chat-completions.handler.js';
import { ChatCompletionsService } from './chat-completions.service.js';
import { GuardedChatService } from './guarded-chat.service.js';
import { OpenAIModelsController } from './openai-models.controller.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  controllers: [ChatCompletionsController, OpenAIModelsController],
  providers: [ChatCompletionsService, GuardedChatService, ChatCompletionsHandler],
  exports: [ChatCompletionsHandler],
})
export class ChatCompletionsModule {}
