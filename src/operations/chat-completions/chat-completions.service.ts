import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PerformanceConfigurationDto } from '../../bedrock/converse/performance-config.dto.js';
import type { ModelRequest, RequestParameters } from '../../observability/operation-report.js';
import type { ChatCompletionAnswer, ChatCompletionParams } from '../../openai/chat-completion.js';
import { HeldBytes } from '../../openai/held-bytes.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import {
  type AnswerIdentity,
  chatAnswerOrigins,
  refusedCompletion,
  summarizeCompletion,
  toChatAnswer,
} from '../../translation/chat-completions/chat-answer.js';
import {
  ChatChunks,
  type ChatChunksOptions,
  type ChatStreamEvent,
} from '../../translation/chat-completions/chat-chunks.js';
import { ChatRequestMapper } from '../../translation/chat-completions/chat-request.mapper.js';
import { refusedChunks } from '../../translation/chat-completions/refused-chunks.js';
import { numberOf } from '../../translation/json-value.js';
import type { MappedRequest } from '../../translation/request/request.mapper.js';
import { ChunkEvents } from '../../translation/stream/chunk-events.js';
import { eventOrigins } from '../../translation/stream/event-origins.js';
import { keepAnswerOrigins, keepEventOrigins } from '../kept-origins.js';
import { answerForContentRefusal } from '../content-refusal.js';
import { openEvents, type OpenEvents } from '../event-stream/open-events.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import type { RequestedLevel } from '../../routing/service-level.js';
import { nativeException } from '../invoke-model/native-exception.js';
import { Stopwatch } from '../stopwatch.js';
import { TargetFailover, type Attempt } from '../target-failover.js';
import type { ChatCompletionRequestDto } from './chat-completion-request.dto.js';

const ID_BYTES = 18;
const MS_PER_SECOND = 1_000;

/** A request, and the paths of what it asks for beside its body, without effect. */
export interface ChatCall {
  readonly request: ChatCompletionRequestDto;
  readonly ignored?: readonly string[];
  /** The latency that a header asks for. */
  readonly performanceConfig?: PerformanceConfigurationDto | undefined;
  /** The path of a member, or of the header that it comes from. */
  nativePath?(this: void, path: string): string;
}

/** A chat completion for a client that speaks OpenAI's API itself: the answer has all members that the upstream sends. */
@Injectable()
export class ChatCompletionsService {
  constructor(
    private readonly requestMapper: ChatRequestMapper,
    private readonly gateway: OpenAIGateway,
    private readonly failover: TargetFailover,
  ) {}

  /** @throws BedrockException for whatever is wrong with the request or the upstreams */
  async chat(call: ChatCall, context: OperationContext): Promise<OperationResult<ChatCompletionAnswer>> {
    const identity = newIdentity(context);
    const { answer: completion, report } = this.failover.run(context, {
      ...requestOf(call),
      level: levelOf(call),
      prepare: (target) => this.prepare(call, target),
      call: ({ target, params, options }: Attempt<ChatCompletionParams>): Promise<ChatCompletionAnswer> =>
        this.gateway
          .complete(target, params, options)
          .then((answer) => {
            if (context.exchange.content !== undefined) {
              keepAnswerOrigins(context.exchange, chatAnswerOrigins);
            }
            return toChatAnswer(answer, identity);
          })
          .catch((error: unknown) => answerForContentRefusal(error, () => refusedCompletion(identity))),
    });
    const answer = await completion;
    return { answer, summary: summarizeCompletion(answer), report };
  }

  /** As `chat`, with chunks. The answer resolves when the first content is there; afterwards the events themselves fail. */
  chatStream(
    call: ChatCall,
    context: OperationContext,
    options: Omit<ChatChunksOptions, 'modelId'>,
  ): OperationResult<Promise<OpenEvents<ChatStreamEvent>>> {
    const stopwatch = new Stopwatch();
    const identity = newIdentity(context);
    const chunksOptions: ChatChunksOptions = { ...options, modelId: identity.modelId };
    return this.failover.run(context, {
      ...requestOf(call),
      level: levelOf(call),
      prepare: (target) => this.prepare(call, target),
      call: ({ target, params, options: callOptions }: Attempt<ChatCompletionParams>) =>
        this.gateway
          .stream(target, params, callOptions)
          .then((chunks) => {
            const held = new HeldBytes(callOptions.share);
            if (context.exchange.content !== undefined) {
              keepEventOrigins(context.exchange, (batches) =>
                eventOrigins(new ChatChunks(chunksOptions), batches),
              );
            }
            return new ChunkEvents(chunks, new ChatChunks(chunksOptions), () => stopwatch.elapsedMs(), held);
          })
          .then((events) => openEvents(events))
          .catch((error: unknown) =>
            answerForContentRefusal(error, () => ({ first: refusedChunks(identity, chunksOptions) })),
          ),
    });
  }

  private prepare(call: ChatCall, target: UpstreamTarget): MappedRequest {
    const { request, ignored = [], performanceConfig, nativePath } = call;
    try {
      const mapped = this.requestMapper.map(request, target, performanceConfig);
      if (ignored.length === 0 && nativePath === undefined) return mapped;
      const own = nativePath === undefined ? mapped.ignored : mapped.ignored.map(nativePath);
      return { ...mapped, ignored: [...new Set([...ignored, ...own])] };
    } catch (error) {
      throw nativePath === undefined ? error : nativeException(error, nativePath);
    }
  }
}

/** What a request asks for, as records name it. */
export function requestOf({ request }: ChatCall): ModelRequest {
  return { genAiOperation: 'chat', parameters: parametersOf(request) };
}

/** Used where the upstream gives no completion of its own. */
export function newIdentity({ route }: OperationContext): AnswerIdentity {
  return {
    id: `chatcmpl-${randomBytes(ID_BYTES).toString('base64url')}`,
    created: Math.floor(Date.now() / MS_PER_SECOND),
    modelId: route.modelId.text,
  };
}

/** `service_tier` asks for a tier as Bedrock's header does. */
function levelOf({ request, performanceConfig }: ChatCall): RequestedLevel | undefined {
  const tier = request['service_tier'];
  if (performanceConfig === undefined && typeof tier !== 'string') return undefined;
  return { performanceConfig, serviceTier: typeof tier === 'string' ? { type: tier } : null };
}

/** Members of other types than numbers are left to the upstream to refuse. */
function parametersOf(request: ChatCompletionRequestDto): RequestParameters {
  return {
    maxTokens: numberOf(request['max_completion_tokens']) ?? numberOf(request['max_tokens']),
    temperature: numberOf(request['temperature']),
    topP: numberOf(request['top_p']),
    choices: numberOf(request['n']),
  };
}
