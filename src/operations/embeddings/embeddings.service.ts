import { Injectable } from '@nestjs/common';
import type { EmbeddingRequest, EmbeddingResult } from '../../bedrock/embeddings/embedding-request.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { EMBEDDINGS } from '../../openai/endpoint.js';
import { EmbeddingsGateway } from '../../openai/embeddings/embeddings.gateway.js';
import type { EmbeddingCall, EmbeddingCalls } from '../../translation/embeddings/embedding-params.js';
import { EmbeddingsMapper } from '../../translation/embeddings/embeddings.mapper.js';
import { answersToOpenAI, openAIToCalls } from '../../translation/embeddings/openai-embeddings.js';
import { numberOf } from '../../translation/json-value.js';
import { inputUsage } from '../input-usage.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { type Attempt, TargetFailover } from '../target-failover.js';
import { withReported } from '../with-reported.js';
import { sendAll } from './concurrent-calls.js';

const OPERATION = { genAiOperation: 'embeddings', endpointOf: () => EMBEDDINGS } as const;

/** Embeds: maps the request for a target of the route, asks the gateway in batches, and joins the answers. */
@Injectable()
export class EmbeddingsService {
  constructor(
    private readonly mapper: EmbeddingsMapper,
    private readonly gateway: EmbeddingsGateway,
    private readonly failover: TargetFailover,
  ) {}

  /**
   * @param reported native paths that the format does not carry
   * @throws BedrockException for whatever is wrong with the request or the upstreams
   */
  async embed(
    request: EmbeddingRequest,
    context: OperationContext,
    reported: readonly string[],
  ): Promise<OperationResult<EmbeddingResult>> {
    const { answer: result, report } = this.failover.run(context, {
      ...OPERATION,
      parameters: { dimensions: request.dimensions },
      prepare: (target) => withReported(this.mapper.map(request, target), reported),
      call: async ({ target, params, options }: Attempt<readonly EmbeddingCalls[]>) => {
        const calls = params.flatMap((ofType) => ofType.calls);
        const answers = await sendAll(calls, options, (call, callOptions) =>
          this.gateway.embed(target, call.params, { ...callOptions, count: call.count }),
        );
        return this.mapper.toResult(params, answers, request, target);
      },
    });
    const answer = await result;
    return { answer, summary: inputUsage(answer.tokens), report };
  }

  /**
   * The same for OpenAI's own body: its members go to the upstream as they are, and so does the answer to the client.
   * @throws BedrockException
   */
  async embedOpenAI(
    body: JsonObject,
    context: OperationContext,
    reported: readonly string[],
  ): Promise<OperationResult<object>> {
    const { answer: result, report } = this.failover.run(context, {
      ...OPERATION,
      parameters: { dimensions: numberOf(body['dimensions']) },
      prepare: (target) => ({ params: openAIToCalls(body, target), ignored: reported }),
      call: async ({ target, params, options }: Attempt<readonly EmbeddingCall[]>) =>
        sendAll(params, options, (call, callOptions) =>
          this.gateway.embed(target, call.params, { ...callOptions, count: call.count }),
        ),
    });
    const answers = await result;
    const tokens = answers.reduce((sum, answer) => sum + (answer.tokens ?? 0), 0);
    const answer = answersToOpenAI(answers, context.route.modelId.text);
    return { answer, summary: inputUsage(tokens || undefined), report };
  }
}
