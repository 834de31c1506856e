import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { GuardrailSettings } from '../../config/guardrail.js';
import { PullSource } from '../../streaming/pull-source.js';
import { openEvents, type OpenEvents } from '../event-stream/open-events.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { answerToEvents } from '../guardrails/blocked-events.js';
import type { ExaminedCall } from '../guardrails/converse-guard.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { guardedEvents } from '../guardrails/guarded-events.js';
import { LaterReport } from '../guardrails/later-report.js';
import { OutputGuard } from '../guardrails/output-guard.js';
import { nativeException } from '../invoke-model/native-exception.js';
import { NativeReport } from '../invoke-model/native-report.js';
import type { OperationContext } from '../operation-context.js';
import { recordRequestMetadata } from '../request-metadata.js';
import { RequestObjects, type UnreadRequest } from '../s3-locations/request-objects.js';
import { CONVERSE_EVENT_FORMAT } from './converse-event-format.js';
import { ConverseStreamCall } from './converse-stream-call.js';

/** ConverseStream, with the content that is in S3, and the guardrail that the request names. */
@Injectable()
export class ConverseStreamService {
  constructor(
    private readonly call: ConverseStreamCall,
    private readonly guards: ConverseGuards,
    private readonly objects: RequestObjects,
  ) {}

  /**
   * The answer resolves when the first event is there. Until then a failure leads to the next target, and the last one
   * rejects the answer with a BedrockException. Afterwards the events themselves fail, with an UpstreamError.
   * @param prompt is sent to the endpoint for text completions, in place of the request's messages
   */
  converseStream(
    request: ConverseRequestDto,
    context: OperationContext,
    prompt?: string,
  ): StreamResult<ConverseStreamEvent> {
    if (request.requestMetadata != null) recordRequestMetadata(request.requestMetadata, context);
    const unread = this.objects.unread(request, context);
    if (unread === undefined) return this.streamRead(request, context, prompt);
    const report = new LaterReport();
    context.exchange.setRequest(report, { genAiOperation: 'chat', parameters: request.inferenceConfig });
    return {
      answer: this.openUnread({ unread, prompt, context, report }),
      report,
      format: CONVERSE_EVENT_FORMAT,
    };
  }

  private async openUnread({ unread, prompt, context, report }: UnreadStreamRequest): OpenStream {
    const { request, paths } = await this.objects.read(unread, context);
    // the report in the exchange may tell this one in other paths
    const told = context.exchange.report;
    try {
      const result = this.streamRead(request, context, prompt);
      report.follow(new NativeReport(result.report, paths));
      context.exchange.report = told;
      return await result.answer;
    } catch (error) {
      throw nativeException(error, paths.nativePath);
    }
  }

  private streamRead(
    request: ConverseRequestDto,
    context: OperationContext,
    prompt: string | undefined,
  ): StreamResult<ConverseStreamEvent> {
    const guardrail = request.guardrailConfig == null ? undefined : this.guards.find(request);
    if (guardrail === undefined) return this.call.converseStream(request, context, prompt);
    const report = new LaterReport();
    context.exchange.setRequest(report, { genAiOperation: 'chat', parameters: request.inferenceConfig });
    return {
      answer: this.openGuarded({ guardrail, request, prompt, context, report }),
      report,
      format: CONVERSE_EVENT_FORMAT,
    };
  }

  private async openGuarded({
    guardrail,
    request,
    prompt,
    context,
    report,
  }: GuardedStreamRequest): OpenStream {
    const guard = await this.guards.openStream(guardrail, request, context);
    const examined = await guard.examineRequest(request, prompt);
    if (guard.isInputBlocked) return { first: answerToEvents(guard.blockedAnswer()) };
    // the report in the exchange may tell this one in other paths
    const told = context.exchange.report;
    const result = this.call.converseStream(examined.request, context, examined.prompt);
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
  readonly report: LaterReport;
}

interface GuardedStreamRequest extends ExaminedCall {
  readonly guardrail: GuardrailSettings;
  readonly context: OperationContext;
  readonly report: LaterReport;
}
