import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { EmbeddingObjects } from './embedding-objects.js';
import { EmbeddingsHandler } from './embeddings.handler.js';
import { EmbeddingsService } from './embeddings.service.js';
import { OpenAIEmbeddingsHandler } from './openai-embeddings.handler.js';

@Module({
  imports: [ModelOperationsModule],
  providers: [EmbeddingsService, EmbeddingObjects, EmbeddingsHandler, OpenAIEmbeddingsHandler],
  exports: [EmbeddingsHandler, OpenAIEmbeddingsHandler],
})
export class EmbeddingsModule {}
