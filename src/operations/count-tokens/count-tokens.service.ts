import { Injectable } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { CountTokensRequestDto } from '../../bedrock/count-tokens/count-tokens-request.dto.js';
import type { CountTokensResponse } from '../../bedrock/count-tokens/count-tokens-response.js';
import type { OperationReport } from '../../observability/operation-report.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { estimateTokens } from './token-estimate.js';

const CONVERSE_PATH = 'input.converse';
/** Says how a count came about: whether it is exact, and what counted. */
const HEADERS = { 'x-proxy-token-count': 'estimated;source=characters' };

/** CountTokens: estimates the input tokens of the chat request that Converse would send to the first target. */
@Injectable()
export class CountTokensService {
  constructor(private readonly requestMapper: RequestMapper) {}

  /** @throws ValidationException for what Converse would refuse, and for `input.invokeModel` */
  countTokens(
    { input: { converse } }: CountTokensRequestDto,
    { route, exchange }: OperationContext,
  ): OperationResult<CountTokensResponse> {
    const report: OperationReport = { ignored: [], attempts: [] };
    exchange.setRequest(report, { genAiOperation: 'chat' });
    if (converse == null) throw new ValidationException('input.invokeModel is not supported yet');
    const [target] = route.targets;
    if (target === undefined) throw new Error('The route has no target');
    const { params, ignored } = this.requestMapper.map(converse, target);
    report.ignored = ignored.map((path) => `${CONVERSE_PATH}.${path}`);
    return { answer: { inputTokens: estimateTokens(params) }, report, headers: HEADERS };
  }
}
