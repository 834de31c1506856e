import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import type { ValueOrigin } from '../../observability/call-transcript.js';
import type { ChatCompletionAnswer, ChatCompletionParams } from '../../openai/chat-completion.js';
import { completionsEndpoint } from '../../openai/endpoint.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { toTextCompletionParams } from '../../openai/text-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import { refusedAnswer } from '../../translation/response/refused-answer.js';
import { ResponseMapper } from '../../translation/response/response.mapper.js';
import { keepAnswerOrigins } from '../kept-origins.js';
import { answerForContentRefusal } from '../content-refusal.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { promptRouterTrace } from '../prompt-router.js';
import { Stopwatch } from '../stopwatch.js';
import { TargetFailover, type Attempt } from '../target-failover.js';
import { type ConverseCall, ConversePipeline } from './converse.pipeline.js';

/** Converse: maps the request for a target of the route, asks the gateway, and maps the completion. */
@Injectable()
export class ConverseService {
  constructor(
    private readonly requestMapper: RequestMapper,
    private readonly responseMapper: ResponseMapper,
    private readonly gateway: OpenAIGateway,
    private readonly failover: TargetFailover,
    private readonly pipeline: ConversePipeline,
  ) {}

  /**
   * Answers a request that may name a prompt in place of a model.
   * @throws BedrockException for whatever is wrong with the request or the upstreams
   */
  converse(
    request: ConverseRequestDto,
    context: OperationContext,
  ): Promise<OperationResult<ConverseResponse>> {
    return this.pipeline.runPrompted(request, context, this.call);
  }

  /**
   * Answers a request that another operation has become. Its prompt, if it names one, is filled.
   * @param prompt is sent to the endpoint for text completions, in place of the request's messages
   * @throws BedrockException as `converse`
   */
  converseFilled(
    request: ConverseRequestDto,
    context: OperationContext,
    prompt?: string,
  ): Promise<OperationResult<ConverseResponse>> {
    return this.pipeline.run(request, context, this.call, prompt);
  }

  private readonly call: ConverseCall = async (request, context, prompt) => {
    const stopwatch = new Stopwatch();
    const { answer: response, report } = this.failover.run(context, {
      genAiOperation: prompt === undefined ? 'chat' : 'text_completion',
      endpointOf: prompt === undefined ? undefined : completionsEndpoint,
      parameters: request.inferenceConfig,
      level: request,
      request,
      prepare: (target, documents) => this.requestMapper.map(request, target, documents),
      call: async ({ target, params, options }: Attempt<ChatCompletionParams>): Promise<ConverseResponse> => {
        const trace = promptRouterTrace(context.route, target);
        try {
          const completion =
            prompt === undefined
              ? await this.gateway.complete(target, params, options)
              : await this.gateway.completePrompt(target, toTextCompletionParams(params, prompt), options);
          if (context.exchange.content !== undefined) {
            keepAnswerOrigins(context.exchange, this.originsOf(completion, request, target));
          }
          return { ...this.responseMapper.map(completion, request, target, stopwatch.elapsedMs()), ...trace };
        } catch (error) {
          return { ...answerForContentRefusal(error, () => refusedAnswer(stopwatch.elapsedMs())), ...trace };
        }
      },
    });
    const answer = await response;
    return { answer, summary: answer, report };
  };

  private originsOf(
    completion: ChatCompletionAnswer,
    request: ConverseRequestDto,
    target: UpstreamTarget,
  ): () => readonly ValueOrigin[] {
    return () => this.responseMapper.origins(completion, request, target);
  }
}
