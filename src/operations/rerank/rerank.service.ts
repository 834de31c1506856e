import { Injectable } from '@nestjs/common';
import type { RerankRequest, RerankResult } from '../../bedrock/rerank/rerank-request.js';
import { rerankEndpointOf } from '../../openai/rerank/rerank-endpoint.js';
import type { RerankParams } from '../../openai/rerank/rerank-params.js';
import { RerankGateway } from '../../openai/rerank/rerank.gateway.js';
import { RerankMapper } from '../../translation/rerank/rerank.mapper.js';
import { inputUsage } from '../input-usage.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { type Attempt, TargetFailover } from '../target-failover.js';
import { withReported } from '../with-reported.js';

/** Ranks documents: maps the request for a target of the route, asks the gateway, and sorts its scores. */
@Injectable()
export class RerankService {
  constructor(
    private readonly mapper: RerankMapper,
    private readonly gateway: RerankGateway,
    private readonly failover: TargetFailover,
  ) {}

  /**
   * @param reported native paths that the format does not carry
   * @throws BedrockException for whatever is wrong with the request or the upstreams
   */
  async rerank(
    request: RerankRequest,
    context: OperationContext,
    reported: readonly string[],
  ): Promise<OperationResult<RerankResult>> {
    const { answer: result, report } = this.failover.run(context, {
      genAiOperation: 'rerank',
      endpointOf: rerankEndpointOf,
      prepare: (target) => withReported(this.mapper.map(request, target), reported),
      call: async ({ target, params, options }: Attempt<RerankParams>) =>
        this.mapper.toResult(await this.gateway.rerank(target, params, options), request, target),
    });
    const answer = await result;
    return { answer, summary: inputUsage(answer.tokens), report };
  }
}
