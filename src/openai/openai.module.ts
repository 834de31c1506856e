import { Module } from '@nestjs/common';
import { OpenAIGateway } from './openai.gateway.js';

/** What speaks to the upstream. */
@Module({
  providers: [OpenAIGateway],
  exports: [OpenAIGateway],
})
export class OpenAIModule {}
