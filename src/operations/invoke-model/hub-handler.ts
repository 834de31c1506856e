import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { CompletionMode } from '../../config/completion-modes.js';
import { Settings } from '../../config/settings.js';
import { markGuardedText, withoutGuardTags } from '../../formats/guarded-text.js';
import type { HubFormat, ReducedRequest } from '../../formats/hub-format.js';
import { lastTextOf } from '../../formats/request-text.js';
import type { PromptSettings } from '../../config/prompt.js';
import { ConverseService } from '../converse/converse.service.js';
import { ConverseStreamService } from '../converse-stream/converse-stream.service.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import type { OpenEvents } from '../event-stream/open-events.js';
import type { OperationResult } from '../operation-result.js';
import type { FilledRequest } from '../prompts/filled-request.js';
import { keepNativeEventOrigins, keepNativeOrigins } from '../kept-origins.js';
import { Stopwatch } from '../stopwatch.js';
import { newAnswerInfo } from './answer-info.js';
import { invokeEventFormat, type StreamEnding } from './invoke-event-format.js';
import { guardrailMembers } from './guardrail-members.js';
import { asksForLevel, levelHeaders } from './level-headers.js';
import { inNativePaths, nativeReport } from './in-native-paths.js';
import type { InvokeHandler, InvokeRequest } from './invoke-handler.js';
import { nativeException } from './native-exception.js';
import { ChunkWriter, NativeChunks } from './native-chunks.js';
import { assertEquivalents } from './unsupported-members.js';
import type { PathsInRequest } from './native-report.js';

interface HubRequest extends PathsInRequest {
  readonly reduced: ReducedRequest;
  readonly request: ConverseRequestDto;
  /** Set where the prompt is sent as it stands. */
  readonly prompt?: string;
}

/** Answers native bodies by way of Converse. */
@Injectable()
export class HubHandler implements InvokeHandler<'hub'> {
  readonly kind = 'hub';

  constructor(
    private readonly converseService: ConverseService,
    private readonly converseStreamService: ConverseStreamService,
    private readonly settings: Settings,
  ) {}

  async invoke(request: InvokeRequest<'hub'>): Promise<OperationResult<object>> {
    const hub = this.reduce(request);
    const { context } = request;
    const { answer, summary, report } = await inNativePaths(hub, context, () =>
      this.converseService.converseFilled(hub.request, context, hub.prompt),
    );
    const info = newAnswerInfo(context.route);
    const native = hub.reduced.toResponse(answer, info);
    if (context.exchange.content !== undefined) {
      keepNativeOrigins(context.exchange, hub.reduced, answer, info);
    }
    const guarded = guardrailMembers(answer.trace, context.exchange);
    const { members } = request.headers;
    const headers = asksForLevel(members) ? levelHeaders(answer, members) : undefined;
    return { answer: Object.assign(native, guarded), summary, report, headers };
  }

  stream(request: InvokeRequest<'hub'>): StreamResult<object> {
    const hub = this.reduce(request);
    const { context } = request;
    const stopwatch = new Stopwatch();
    const ending: StreamEnding = {};
    const { answer, report } = this.converseStreamService.streamFilled(hub.request, context, hub.prompt);
    const info = newAnswerInfo(context.route);
    const stream = hub.reduced.openStream(info);
    if (context.exchange.content !== undefined) keepNativeEventOrigins(context.exchange, hub.reduced, info);
    const writer = new ChunkWriter(stream, stopwatch, ending, context.exchange);
    return {
      answer: answer.then(
        ({ first, rest }): OpenEvents<object> => ({
          first: writer.write(first),
          ...(rest !== undefined && { rest: new NativeChunks(rest, writer) }),
        }),
        (error: unknown) => {
          throw nativeException(error, hub.nativePath);
        },
      ),
      report: nativeReport(hub, report, context),
      format: invokeEventFormat(ending),
    };
  }

  /** @throws ValidationException */
  private reduce(invoked: InvokeRequest<'hub'>): HubRequest {
    const { body, format, headers, guardrail, ignored, context, filled } = invoked;
    const reduced =
      filled === undefined ? format.reduce(body) : filledToReduced(filled, format, context.route.prompt);
    assertEquivalents(reduced, this.settings.unsupportedParameters);
    Object.assign(reduced.request, headers.members);
    if (guardrail.tagSuffix !== undefined) markGuardedText(reduced.request, guardrail.tagSuffix);
    return {
      reduced,
      ...promptOrRequest(reduced, context.route.rule.completionMode, guardrail.tagSuffix),
      reported: [...reduced.ignored, ...reduced.hints, ...headers.ignored, ...ignored],
      nativePath: (path) => headers.nativePath(path) ?? reduced.nativePath(path),
    };
  }
}

/** A filled prompt, whose answer is written in the native format. */
function filledToReduced(
  { request, paths }: FilledRequest,
  format: HubFormat,
  prompt: PromptSettings | undefined,
): ReducedRequest {
  const stops = request.inferenceConfig?.stopSequences != null;
  return {
    // formats tell which sequence it was
    request: Object.assign({}, request, stops && { additionalModelResponseFieldPaths: ['/stop_sequence'] }),
    ...(prompt?.variant.templateType === 'TEXT' && { prompt: lastTextOf(request) }),
    ignored: [],
    hints: [],
    nativePath: paths.nativePath,
    ...format.answers(request),
  };
}

/** Where the prompt is sent as it stands, the request has it as its only message. */
function promptOrRequest(
  { request, prompt }: ReducedRequest,
  completionMode: CompletionMode | undefined,
  tagSuffix: string | undefined,
): Pick<HubRequest, 'request' | 'prompt'> {
  if (completionMode !== 'raw' || prompt === undefined) return { request };
  const { system: _, ...others } = request;
  return {
    request: { ...others, messages: [{ role: 'user', content: [{ text: prompt }] }] },
    prompt: tagSuffix === undefined ? prompt : withoutGuardTags(prompt, tagSuffix),
  };
}
