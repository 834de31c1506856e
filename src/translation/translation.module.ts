import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { ChatRequestMapper } from './chat-completions/chat-request.mapper.js';
import { EmbeddingsMapper } from './embeddings/embeddings.mapper.js';
import { ImagesMapper } from './images/images.mapper.js';
import { RequestMapper } from './request/request.mapper.js';
import { RerankMapper } from './rerank/rerank.mapper.js';
import { ResponseMapper } from './response/response.mapper.js';
import { StreamMapper } from './stream/stream.mapper.js';
import { TranslationOptions } from './translation.options.js';

const MAPPERS = [
  ChatRequestMapper,
  RequestMapper,
  ResponseMapper,
  StreamMapper,
  EmbeddingsMapper,
  RerankMapper,
  ImagesMapper,
];

@Module({ providers: MAPPERS, exports: MAPPERS })
export class TranslationModule {
  /** The mappers, with the options that they are injected with. */
  static forRootAsync(
    options: Pick<FactoryProvider<TranslationOptions>, 'inject' | 'useFactory'>,
  ): DynamicModule {
    return {
      module: TranslationModule,
      global: true,
      providers: [{ provide: TranslationOptions, ...options }],
    };
  }
}
