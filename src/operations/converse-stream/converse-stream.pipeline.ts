import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { GuardrailSettings } from '../../config/guardrail.js';
import { Settings } from '../../config/settings.js';
import { PullSource } from '../../streaming/pull-source.js';
import { openEvents, type OpenEvents } from '../event-stream/open-events.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { answerToEvents } from '../guardrails/blocked-events.js';
import type { ExaminedCall } from '../guardrails/converse-guard.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { guardedEvents } from '../guardrails/guarded-events.js';
import { LaterReport } from '../guardrails/later-report.js';
import { OutputGuard } from '../guardrails/output-guard.js';
import { streamInNativePaths } from '../invoke-model/in-native-paths.js';
import { nativeException } from '../invoke-model/native-exception.js';
import { NativeReport } from '../invoke-model/native-report.js';
import type { OperationContext } from '../operation-context.js';
import { fillRequest } from '../prompts/filled-request.js';
import { recordRequestMetadata } from '../request-metadata.js';
import { RequestObjects, type UnreadRequest } from '../s3-locations/request-objects.js';
import { CONVERSE_EVENT_FORMAT } from './converse-event-format.js';

/** Asks the upstreams. The prompt is sent to the endpoint for text completions, in place of the request's messages. */
export type ConverseStreamCall = (
  request: ConverseRequestDto,
  context: OperationContext,
  prompt?: string,
) => StreamResult<ConverseStreamEvent>;

/** The steps around a call of ConverseStream: those of ConversePipeline. */
@Injectable()
export class ConverseStreamPipeline {
  constructor(
    private readonly guards: ConverseGuards,
    private readonly objects: RequestObjects,
    private readonly settings: Settings,
  ) {}

  /**
   * All steps, for a request that may name a prompt in place of a model.
   * @throws BedrockException for a prompt that cannot be filled; everything else rejects the answer
   */
  runPrompted(
    request: ConverseRequestDto,
    context: OperationContext,
    call: ConverseStreamCall,
  ): StreamResult<ConverseStreamEvent> {
    const { prompt } = context.route;
    if (prompt === undefined) return this.run(request, context, call);
    const filled = fillRequest(prompt, request, context, this.settings);
    return streamInNativePaths(filled.paths, context, this.run(filled.request, context, call));
  }

  /** The steps after the prompt of the catalog. */
  run(
    request: ConverseRequestDto,
    context: OperationContext,
    call: ConverseStreamCall,
    prompt?: string,
  ): StreamResult<ConverseStreamEvent> {
    if (request.requestMetadata != null) recordRequestMetadata(request.requestMetadata, context);
    const unread = this.objects.unread(request, context);
    if (unread === undefined) return this.runRead(request, prompt, context, call);
    const report = new LaterReport();
    context.exchange.setRequest(report, { genAiOperation: 'chat', parameters: request.inferenceConfig });
    return {
      answer: this.openUnread({ unread, prompt, context, call, report }),
      report,
      format: CONVERSE_EVENT_FORMAT,
    };
  }

  private async openUnread({ unread, prompt, context, call, report }: UnreadStreamRequest): OpenStream {
    const { request, paths } = await this.objects.read(unread, context);
    // the report in the exchange may tell this one in other paths
    const told = context.exchange.report;
    try {
      const result = this.runRead(request, prompt, context, call);
      report.follow(new NativeReport(result.report, paths));
      context.exchange.report = told;
      return await result.answer;
    } catch (error) {
      throw nativeException(error, paths.nativePath);
    }
  }

  private runRead(
    request: ConverseRequestDto,
    prompt: string | undefined,
    context: OperationContext,
    call: ConverseStreamCall,
  ): StreamResult<ConverseStreamEvent> {
    const guardrail = request.guardrailConfig == null ? undefined : this.guards.find(request);
    if (guardrail === undefined) return call(request, context, prompt);
    const report = new LaterReport();
    context.exchange.setRequest(report, { genAiOperation: 'chat', parameters: request.inferenceConfig });
    return {
      answer: this.openGuarded({ guardrail, request, prompt, context, call, report }),
      report,
      format: CONVERSE_EVENT_FORMAT,
    };
  }

  private async openGuarded({
    guardrail,
    request,
    prompt,
    context,
    call,
    report,
  }: GuardedStreamRequest): OpenStream {
    const guard = await this.guards.openStream(guardrail, request, context);
    const examined = await guard.examineRequest(request, prompt);
    if (guard.isInputBlocked) return { first: answerToEvents(guard.blockedAnswer()) };
    // the report in the exchange may tell this one in other paths
    const told = context.exchange.report;
    const result = call(examined.request, context, examined.prompt);
    report.follow(result.report);
    context.exchange.report = told;
    const output = new OutputGuard(guard);
    report.hint(guard.ignored);
    return openEvents(PullSource.from(guardedEvents(await result.answer, output)));
  }
}

type OpenStream = Promise<OpenEvents<ConverseStreamEvent>>;

interface UnreadStreamRequest {
  readonly unread: UnreadRequest;
  readonly prompt: string | undefined;
  readonly context: OperationContext;
  readonly call: ConverseStreamCall;
  readonly report: LaterReport;
}

interface GuardedStreamRequest extends ExaminedCall {
  readonly guardrail: GuardrailSettings;
  readonly context: OperationContext;
  readonly call: ConverseStreamCall;
  readonly report: LaterReport;
}
