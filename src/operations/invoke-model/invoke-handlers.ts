import type { FactoryProvider, Type } from '@nestjs/common';
import { ChatCompletionsHandler } from '../chat-completions/chat-completions.handler.js';
import { EmbeddingsHandler } from '../embeddings/embeddings.handler.js';
import { OpenAIEmbeddingsHandler } from '../embeddings/openai-embeddings.handler.js';
import { ImagesHandler } from '../images/images.handler.js';
import { RerankHandler } from '../rerank/rerank.handler.js';
import type { FormatKind, InvokeHandler } from './invoke-handler.js';
import { HubHandler } from './hub-handler.js';

/** The handler of each kind of format. */
const HANDLERS: readonly Type<InvokeHandler>[] = [
  HubHandler as Type<InvokeHandler>,
  ChatCompletionsHandler as Type<InvokeHandler>,
  EmbeddingsHandler as Type<InvokeHandler>,
  OpenAIEmbeddingsHandler as Type<InvokeHandler>,
  RerankHandler as Type<InvokeHandler>,
  ImagesHandler as Type<InvokeHandler>,
];

/** Injectable: finds the handler of a format. */
export class InvokeHandlers {
  private readonly byKind: ReadonlyMap<FormatKind, InvokeHandler>;

  constructor(handlers: readonly InvokeHandler[]) {
    this.byKind = new Map(handlers.map((handler) => [handler.kind, handler]));
  }

  of(kind: FormatKind): InvokeHandler {
    const handler = this.byKind.get(kind);
    if (handler === undefined) throw new Error(`No handler for formats of the kind ${kind}`);
    return handler;
  }
}

export const invokeHandlersProvider: FactoryProvider<InvokeHandlers> = {
  provide: InvokeHandlers,
  useFactory: (...handlers: InvokeHandler[]) => new InvokeHandlers(handlers),
  inject: [...HANDLERS],
};
