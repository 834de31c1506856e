import { Injectable } from '@nestjs/common';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { refusedAnswer } from '../../translation/response/refused-answer.js';
import { ResponseMapper } from '../../translation/response/response.mapper.js';
import { type Attempt, TargetFailover, type ConverseContext } from '../target-failover.js';
import { answerForContentRefusal } from '../content-refusal.js';
import type { OperationResult } from '../operation-result.js';
import { promptRouterTrace } from '../prompt-router.js';
import { Stopwatch } from '../stopwatch.js';

/** Converse, as a sentence: along the route, ask the upstream for what the request means there, and map its answer. */
@Injectable()
export class ConverseService {
  constructor(
    private readonly attempts: TargetFailover,
    private readonly gateway: OpenAIGateway,
    private readonly responseMapper: ResponseMapper,
  ) {}

  /** @throws BedrockException for whatever is wrong with the request or the upstreams */
  async converse(journey: ConverseContext): Promise<OperationResult<ConverseResponse>> {
    const { route, request } = journey;
    const stopwatch = new Stopwatch();
    const ask = async ({ target, params, terms }: Attempt): Promise<ConverseResponse> => {
      const trace = promptRouterTrace(route, target);
      try {
        const completion = await this.gateway.complete(target, params, terms);
        return { ...this.responseMapper.map(completion, request, target, stopwatch.elapsedMs()), ...trace };
      } catch (error) {
        return { ...answerForContentRefusal(error, () => refusedAnswer(stopwatch.elapsedMs())), ...trace };
      }
    };
    const { answer, report } = this.attempts.run(journey, ask);
    return { answer: await answer, report };
  }
}
