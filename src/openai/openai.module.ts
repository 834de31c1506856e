import { Module } from '@nestjs/common';
import { OpenAIGateway } from './openai.gateway.js';

/** Provides the gateway to the upstreams. */
@Module({
  providers: [OpenAIGateway],
  exports: [OpenAIGateway],
})
export class OpenAIModule {}
