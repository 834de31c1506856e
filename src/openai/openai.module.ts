import { Module } from '@nestjs/common';
import { EmbeddingsGateway } from './embeddings/embeddings.gateway.js';
import { ImagesGateway } from './images/images.gateway.js';
import { OpenAIGateway } from './openai.gateway.js';
import { RerankGateway } from './rerank/rerank.gateway.js';

const GATEWAYS = [OpenAIGateway, EmbeddingsGateway, RerankGateway, ImagesGateway];

/** Provides the gateways to the upstreams. */
@Module({ providers: GATEWAYS, exports: GATEWAYS })
export class OpenAIModule {}
