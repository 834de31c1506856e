import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import { completionsEndpoint } from '../../openai/endpoint.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { textToChatAnswer, toTextCompletionParams } from '../../openai/text-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import { refusedEvents } from '../../translation/response/refused-answer.js';
import { StreamMapper } from '../../translation/stream/stream.mapper.js';
import { keepEventOrigins } from '../kept-origins.js';
import { answerForContentRefusal } from '../content-refusal.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { openEvents, type OpenEvents } from '../event-stream/open-events.js';
import type { OperationContext } from '../operation-context.js';
import { withPromptRouterTrace } from '../prompt-router.js';
import { Stopwatch } from '../stopwatch.js';
import { TargetFailover, type Attempt } from '../target-failover.js';
import { CONVERSE_EVENT_FORMAT } from './converse-event-format.js';
import { type ConverseStreamCall, ConverseStreamPipeline } from './converse-stream.pipeline.js';

/** ConverseStream: as Converse, with events in place of one answer. */
@Injectable()
export class ConverseStreamService {
  constructor(
    private readonly requestMapper: RequestMapper,
    private readonly streamMapper: StreamMapper,
    private readonly gateway: OpenAIGateway,
    private readonly failover: TargetFailover,
    private readonly pipeline: ConverseStreamPipeline,
  ) {}

  /**
   * Answers a request that may name a prompt in place of a model.
   *
   * The answer resolves when the first event is there. Until then a failure leads to the next target, and the last one
   * rejects the answer with a BedrockException. Afterwards the events themselves fail, with an UpstreamError.
   */
  converseStream(request: ConverseRequestDto, context: OperationContext): StreamResult<ConverseStreamEvent> {
    return this.pipeline.runPrompted(request, context, this.call);
  }

  /**
   * As `converseStream`, for a request that another operation has become. Its prompt, if it names one, is filled.
   * @param prompt is sent to the endpoint for text completions, in place of the request's messages
   */
  streamFilled(
    request: ConverseRequestDto,
    context: OperationContext,
    prompt?: string,
  ): StreamResult<ConverseStreamEvent> {
    return this.pipeline.run(request, context, this.call, prompt);
  }

  private readonly call: ConverseStreamCall = (request, context, prompt) => {
    const stopwatch = new Stopwatch();
    const elapsedMs = (): number => stopwatch.elapsedMs();
    const result = this.failover.run(context, {
      genAiOperation: prompt === undefined ? 'chat' : 'text_completion',
      endpointOf: prompt === undefined ? undefined : completionsEndpoint,
      parameters: request.inferenceConfig,
      level: request,
      request,
      prepare: (target, documents) => this.requestMapper.map(request, target, documents),
      call: ({ target, params, options }: Attempt<ChatCompletionParams>) =>
        (prompt === undefined
          ? this.gateway.stream(target, params, options)
          : this.gateway.streamPrompt(target, toTextCompletionParams(params, prompt), options)
        )
          .then((chunks) => {
            if (context.exchange.content !== undefined) {
              this.keepOrigins({ request, target, isPrompt: prompt !== undefined }, context);
            }
            return this.streamMapper.map(chunks, request, target, { elapsedMs, share: options.share });
          })
          .then((events) => openEvents(withPromptRouterTrace(events, context.route, target)))
          .catch((error: unknown) => answerForContentRefusal(error, () => refusedStream(elapsedMs()))),
    });
    return { ...result, format: CONVERSE_EVENT_FORMAT };
  };

  private keepOrigins({ request, target, isPrompt }: Translated, { exchange }: OperationContext): void {
    keepEventOrigins(
      exchange,
      (batches) => this.streamMapper.origins(batches, request, target),
      isPrompt ? textToChatAnswer : undefined,
    );
  }
}

interface Translated {
  readonly request: ConverseRequestDto;
  readonly target: UpstreamTarget;
  /** The chunks are of text completions. */
  readonly isPrompt: boolean;
}

function refusedStream(latencyMs: number): OpenEvents<ConverseStreamEvent> {
  return { first: refusedEvents(latencyMs) };
}
