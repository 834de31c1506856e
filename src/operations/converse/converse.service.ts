import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import { refusedAnswer } from '../../translation/response/refused-answer.js';
import { ResponseMapper } from '../../translation/response/response.mapper.js';
import type { Outcome } from '../outcome.js';
import { Stopwatch } from '../stopwatch.js';
import { refusalOrException } from '../upstream-failure.js';
import { UpstreamTargets } from '../upstream-targets.js';

/** Converse, as a sentence: find the target, map the request, ask the upstream, map the answer. */
@Injectable()
export class ConverseService {
  constructor(
    private readonly targets: UpstreamTargets,
    private readonly requestMapper: RequestMapper,
    private readonly gateway: OpenAIGateway,
    private readonly responseMapper: ResponseMapper,
  ) {}

  /** @throws BedrockException for whatever is wrong with the request or the upstream */
  async converse(
    modelId: string,
    request: ConverseRequestDto,
    clientGone: AbortSignal,
  ): Promise<Outcome<ConverseResponse>> {
    const stopwatch = new Stopwatch();
    const target = this.targets.resolve(modelId);
    const { params, ignored } = this.requestMapper.map(request, target);
    const answer = await this.gateway
      .complete(target, params, clientGone)
      .then((completion) => this.responseMapper.map(completion, request, target, stopwatch.elapsedMs()))
      .catch((error: unknown) => refusalOrException(error, () => refusedAnswer(stopwatch.elapsedMs())));
    return { answer, report: { ignored } };
  }
}
