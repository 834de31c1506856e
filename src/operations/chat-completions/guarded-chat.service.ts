import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { PullSource } from '../../streaming/pull-source.js';
import type { ChatChunksOptions, ChatStreamEvent } from '../../translation/chat-completions/chat-chunks.js';
import { objectOf } from '../../translation/json-value.js';
import { openEvents, type OpenEvents } from '../event-stream/open-events.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { LaterReport } from '../guardrails/later-report.js';
import { OutputGuard } from '../guardrails/output-guard.js';
import { readGuardedBody } from '../invoke-model/guardrail-headers.js';
import { guardrailMembers } from '../invoke-model/guardrail-members.js';
import type { InvokeRequest } from '../invoke-model/invoke-handler.js';
import { type NamedGuardrail, namedGuardrail } from '../invoke-model/named-guardrail.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { recordRequestMetadata } from '../request-metadata.js';
import { BLOCKED_SUMMARY, blockedChunks, blockedCompletion, INTERVENED } from './blocked-chat.js';
import { ChatCompletionRequestDto } from './chat-completion-request.dto.js';
import { type ChatCall, ChatCompletionsService, requestOf } from './chat-completions.service.js';
import { examineCall } from './examined-call.js';
import { type ChunkEnding, guardedChunks } from './guarded-chunks.js';
import { guardCompletion } from './guarded-completion.js';

export interface GuardedCall {
  readonly call: ChatCall;
  readonly guardrail: NamedGuardrail | undefined;
}

type StreamOptions = Omit<ChatChunksOptions, 'modelId'>;
type OpenChunks = OpenEvents<ChatStreamEvent>;

/** Chat completions, with the guardrail that a request names. */
@Injectable()
export class GuardedChatService {
  constructor(
    private readonly chatCompletions: ChatCompletionsService,
    private readonly guards: ConverseGuards,
  ) {}

  /** @throws ValidationException naming the header */
  find(invocation: Pick<InvokeRequest, 'headers' | 'guardrail'>): NamedGuardrail | undefined {
    return namedGuardrail(this.guards, invocation);
  }

  /**
   * A request at the door of OpenAI's API, and the guardrail that its headers name.
   * @throws ValidationException
   */
  read(headers: IncomingHttpHeaders, body: unknown): GuardedCall {
    const request = validated(ChatCompletionRequestDto, body);
    const guarded = this.guards.areConfigured ? readGuardedBody(headers, request) : undefined;
    if (guarded === undefined) return { call: { request }, guardrail: undefined };
    const call = {
      request: Object.assign(guarded.body, { messages: request.messages }),
      ignored: guarded.ignored,
    };
    return { call, guardrail: this.find(guarded) };
  }

  /** @throws BedrockException for whatever is wrong with the request or the upstreams */
  async chat(
    call: ChatCall,
    context: OperationContext,
    guardrail?: NamedGuardrail,
  ): Promise<OperationResult<ChatCompletionAnswer>> {
    recordRequestMetadata(objectOf(call.request['metadata']), context);
    if (guardrail === undefined) return this.chatCompletions.chat(call, context);
    const guard = await this.guards.open(guardrail.settings, { guardrailConfig: guardrail.config }, context);
    const examined = await examineCall(call, guard, guardrail);
    if (guard.isInputBlocked) {
      const report = { ignored: [], attempts: [] };
      context.exchange.setRequest(report, requestOf(call));
      const answer = blockedCompletion(guard, context);
      return { answer, summary: BLOCKED_SUMMARY, report };
    }
    const result = await this.chatCompletions.chat(examined, context);
    const { answer, output } = await guardCompletion(result.answer, guard);
    const hasIntervened = output.verdict.decision !== 'none';
    const stopReason = hasIntervened ? INTERVENED : result.summary?.stopReason;
    const trace = guard.traceOf(output);
    return {
      ...result,
      answer: { ...answer, ...guardrailMembers(trace, context.exchange) },
      summary: { ...result.summary, stopReason },
    };
  }

  /** As `chat`, with chunks. */
  chatStream(
    call: ChatCall,
    context: OperationContext,
    options: StreamOptions,
    guardrail?: NamedGuardrail,
  ): OperationResult<Promise<OpenChunks>> {
    recordRequestMetadata(objectOf(call.request['metadata']), context);
    if (guardrail === undefined) return this.chatCompletions.chatStream(call, context, options);
    const report = new LaterReport();
    context.exchange.setRequest(report, requestOf(call));
    return { answer: this.openGuarded({ call, context, options, guardrail, report }), report };
  }

  private async openGuarded({
    call,
    context,
    options,
    guardrail,
    report,
  }: GuardedStream): Promise<OpenChunks> {
    const named = { guardrailConfig: guardrail.config };
    const guard = await this.guards.openStream(guardrail.settings, named, context);
    const examined = await examineCall(call, guard, guardrail);
    if (guard.isInputBlocked) {
      return { first: blockedChunks(blockedCompletion(guard, context), options, context) };
    }
    const result = this.chatCompletions.chatStream(examined, context, options);
    report.follow(result.report);
    context.exchange.report = report;
    report.hint(guard.call.ignored);
    const ending: ChunkEnding = {
      guardrailMembers: (trace) => guardrailMembers(trace, context.exchange),
      blockedMembers: (usage) => options.lastMembers?.(usage) ?? {},
    };
    return openEvents(PullSource.from(guardedChunks(await result.answer, new OutputGuard(guard), ending)));
  }
}

interface GuardedStream {
  readonly call: ChatCall;
  readonly context: OperationContext;
  readonly options: StreamOptions;
  readonly guardrail: NamedGuardrail;
  readonly report: LaterReport;
}
