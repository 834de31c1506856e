import { Module } from '@nestjs/common';
import { ChatCompletionsModule } from '../chat-completions/chat-completions.module.js';
import { ConverseModule } from '../converse/converse.module.js';
import { ConverseStreamModule } from '../converse-stream/converse-stream.module.js';
import { EmbeddingsModule } from '../embeddings/embeddings.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ImagesModule } from '../images/images.module.js';
import { ModelOperationsModule } from '../model-operations.module.js';
import { RerankModule } from '../rerank/rerank.module.js';
import { HubHandler } from './hub-handler.js';
import { InvokeModelController } from './invoke-model.controller.js';
import { InvokeModelService } from './invoke-model.service.js';
import { invokeHandlersProvider } from './invoke-handlers.js';

/** A handler of another kind comes from the module of its operation, which is imported here. */
@Module({
  imports: [
    GuardrailsModule,
    ModelOperationsModule,
    ConverseModule,
    ConverseStreamModule,
    ChatCompletionsModule,
    EmbeddingsModule,
    RerankModule,
    ImagesModule,
  ],
  controllers: [InvokeModelController],
  providers: [InvokeModelService, HubHandler, invokeHandlersProvider],
  exports: [HubHandler],
})
export class InvokeModelModule {}
