import { Injectable } from '@nestjs/common';
import type { CountTokensResponse } from '../../bedrock/count-tokens/count-tokens-response.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import { ChatRequestMapper } from '../../translation/chat-completions/chat-request.mapper.js';
import { withMediaData } from '../../translation/chat-completions/media-data.js';
import { ChatCompletionRequestDto } from '../chat-completions/chat-completion-request.dto.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { type CountedChat, TokenCounting } from './token-counting.js';

/** Counts the input tokens of a chat completion request in OpenAI's form. */
@Injectable()
export class ChatCountService {
  constructor(
    private readonly requestMapper: ChatRequestMapper,
    private readonly tokenCounting: TokenCounting,
  ) {}

  /** @throws BedrockException whose path is one in the body */
  async count(body: JsonObject, context: OperationContext): Promise<OperationResult<CountTokensResponse>> {
    const request = validated(ChatCompletionRequestDto, body);
    const prepare: CountedChat['prepare'] = (target) => {
      const { params, ignored } = this.requestMapper.map(request, target);
      return { params: withMediaData(params), ignored };
    };
    return this.tokenCounting.count({ prepare }, context);
  }
}
