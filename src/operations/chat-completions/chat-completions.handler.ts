import { Injectable } from '@nestjs/common';
import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { PerformanceConfigurationDto } from '../../bedrock/converse/performance-config.dto.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import { Settings } from '../../config/settings.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { givenTier } from '../../translation/response/echo.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { invocationMetrics, METRICS_MEMBER } from '../invoke-model/invocation-metrics.js';
import type { InvokeHandler, InvokeRequest } from '../invoke-model/invoke-handler.js';
import type { InvokeHeaders } from '../invoke-model/invoke-headers.js';
import { asksForLevel, levelHeaders } from '../invoke-model/level-headers.js';
import { NOTHING_IGNORED, reportedPaths } from '../invoke-model/reported-paths.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { Stopwatch } from '../stopwatch.js';
import { ChatCompletionRequestDto } from './chat-completion-request.dto.js';
import { CHUNK_FRAMES } from './chat-event-formats.js';
import { type GuardedCall, GuardedChatService } from './guarded-chat.service.js';

/** The tiers of the header that OpenAI's API has too. */
const TIERS: ReadonlyMap<unknown, string> = new Map(
  ['default', 'flex', 'priority'].map((tier) => [tier, tier]),
);

/** Answers InvokeModel for chat completion bodies. */
@Injectable()
export class ChatCompletionsHandler implements InvokeHandler<'chat-completions'> {
  readonly kind = 'chat-completions';

  constructor(
    private readonly guardedChat: GuardedChatService,
    private readonly settings: Settings,
  ) {}

  async invoke(request: InvokeRequest<'chat-completions'>): Promise<OperationResult<ChatCompletionAnswer>> {
    const { call, guardrail } = this.toCall(request);
    const result = await this.guardedChat.chat(call, request.context, guardrail);
    const { members } = request.headers;
    return asksForLevel(members) ? { ...result, headers: headersOf(result, members) } : result;
  }

  stream(request: InvokeRequest<'chat-completions'>): StreamResult<object> {
    const stopwatch = new Stopwatch();
    let firstByte: number | undefined;
    const { call, guardrail } = this.toCall(request);
    const lastMembers = (usage: TokenUsage): object => {
      const invocation = stopwatch.elapsedMs();
      const latencies = { invocation, firstByte: firstByte ?? invocation };
      return { [METRICS_MEMBER]: invocationMetrics(usage, latencies) };
    };
    const options = { usage: 'last-chunk', lastMembers } as const;
    const { answer, report } = this.guardedChat.chatStream(call, request.context, options, guardrail);
    const opened = answer.then((events) => {
      firstByte = stopwatch.elapsedMs();
      return events;
    });
    return { answer: opened, report, format: CHUNK_FRAMES };
  }

  /** @throws ValidationException */
  private toCall(invocation: InvokeRequest<'chat-completions'>): GuardedCall {
    const { body, headers, ignored, context } = invocation;
    const guardrail = this.guardedChat.find(invocation);
    const { guardrailConfig: _, ...unguarded } = headers.members;
    const asked = guardrail === undefined ? headers : { ...headers, members: unguarded };
    const { fields, members, performanceConfig, nativePath } = membersOfHeaders(asked, body, context);
    const reported = reportedPaths(
      NOTHING_IGNORED,
      { headers: { ...headers, members }, ignored, context },
      this.settings,
    );
    const request = validated(ChatCompletionRequestDto, { ...fields, ...body });
    return { call: { request, ignored: reported, performanceConfig, nativePath }, guardrail };
  }
}

interface HeaderFields {
  /** Headers that OpenAI's API has as members of the body. */
  readonly fields: JsonObject;
  readonly performanceConfig?: PerformanceConfigurationDto | undefined;
  /** The other headers. */
  readonly members: InvokeHeaders['members'];
  /** The path of a member, or of the header that it comes from. */
  nativePath(this: void, path: string): string;
}

/** A member of the body wins over its header. */
function membersOfHeaders(
  { members, nativePath }: InvokeHeaders,
  body: JsonObject,
  { route }: OperationContext,
): HeaderFields {
  const { serviceTier, requestMetadata, performanceConfig, ...others } = members;
  const tier = TIERS.get(serviceTier?.type);
  const isMetadata =
    requestMetadata != null && route.requestMetadata !== undefined && body['metadata'] == null;
  const from = new Map<string, string>([
    ['performanceConfig', 'performanceConfig.latency'],
    ...(tier === undefined || 'service_tier' in body ? [] : [['service_tier', 'serviceTier.type'] as const]),
    ...(isMetadata ? [['metadata', 'requestMetadata'] as const] : []),
  ]);
  return {
    fields: {
      ...(tier !== undefined && { service_tier: tier }),
      ...(isMetadata && { metadata: requestMetadata }),
    },
    performanceConfig,
    members: {
      ...others,
      ...(tier === undefined && serviceTier != null && { serviceTier }),
      ...(!isMetadata && requestMetadata != null && { requestMetadata }),
    },
    nativePath: (path) => nativePath(from.get(path.split('.', 1)[0] ?? '') ?? '') ?? path,
  };
}

function headersOf(
  { answer, report }: OperationResult<ChatCompletionAnswer>,
  asked: InvokeHeaders['members'],
): Readonly<Record<string, string>> {
  const { latency = 'standard', serviceTier } = report.attempts.at(-1)?.level ?? {};
  const type = serviceTier ?? givenTier(answer);
  return levelHeaders({ performanceConfig: { latency }, serviceTier: { type } }, asked);
}
