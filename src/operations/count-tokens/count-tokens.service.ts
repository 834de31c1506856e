import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { CountTokensResponse } from '../../bedrock/count-tokens/count-tokens-response.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import { inNativePaths } from '../invoke-model/in-native-paths.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { RequestObjects, type UnreadRequest } from '../s3-locations/request-objects.js';
import { toCountException } from './count-exception.js';
import { type CountedChat, TokenCounting } from './token-counting.js';

/** Counts the input tokens of a request in Converse's form. Every operation that counts comes through here. */
@Injectable()
export class CountTokensService {
  constructor(
    private readonly requestMapper: RequestMapper,
    private readonly tokenCounting: TokenCounting,
    private readonly objects: RequestObjects,
  ) {}

  /**
   * Counts the chat request that Converse would send. Paths in errors and in the report are those of Converse.
   * @throws BedrockException for what Converse would refuse, and for failures of the upstreams
   */
  count(
    request: ConverseRequestDto,
    context: OperationContext,
  ): Promise<OperationResult<CountTokensResponse>> {
    const unread = this.objects.unread(request, context);
    return unread === undefined ? this.countRead(request, context) : this.countUnread(unread, context);
  }

  private async countUnread(
    unread: UnreadRequest,
    context: OperationContext,
  ): Promise<OperationResult<CountTokensResponse>> {
    const { request, paths } = await this.objects.read(unread, context).catch((error: unknown) => {
      throw toCountException(error);
    });
    return inNativePaths(paths, context, () => this.countRead(request, context));
  }

  private countRead(
    request: ConverseRequestDto,
    context: OperationContext,
  ): Promise<OperationResult<CountTokensResponse>> {
    const prepare: CountedChat['prepare'] = (target, documents) =>
      this.requestMapper.map(request, target, documents);
    return this.tokenCounting.count({ prepare, request }, context);
  }
}
