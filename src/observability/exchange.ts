import type { IncomingMessage, ServerResponse } from 'node:http';
import { brokenRuleOf } from '../bedrock/write-exception.js';
import type { ConverseResponse, StopReason, TokenUsage } from '../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../bedrock/converse/converse-stream-event.js';
import type { InferenceConfigurationDto } from '../bedrock/converse/inference-config.dto.js';
import { ActiveRequest } from '../server/load/active-request.js';
import type { IndexedMember } from '../server/load/indexed-set.js';
import { readTraceContext, traceContextToHeaders } from './traces/trace-context.js';
import type { AttemptFailure, AttemptRecord } from './attempt-record.js';

/** What nginx, and so everybody's dashboards, write for a client that left before it had an answer. */
const CLIENT_CLOSED_REQUEST = 499;

/** What became of a request on its way to an upstream. */
export interface OperationReport {
  /** JSON paths of what the translation could not carry. */
  readonly ignored: readonly string[];
  /** Calls that were made, in order. */
  readonly attempts: readonly AttemptRecord[];
}

/** Whose limit. */
export type LimitScope = 'client' | 'upstream';

/** Gives each call the headers that tie the upstream's trace to the client's. */
export type TraceHeaders = (call: AttemptRecord) => readonly string[];

/** How a request ended. */
export interface ExchangeResult {
  /** 499 for a client that left before it had an answer. */
  readonly status: number;
  /** Name of the exception that was the answer, or that ended a stream. */
  readonly exception?: string;
  /** Which rule the request broke where, without a value of it. */
  readonly brokenRule?: string;
  readonly durationMs: number;
  /** Of the body, where there was one. */
  readonly requestBytes?: number;
  /** Of the body. */
  readonly responseBytes: number;
  /** Before it had the whole answer. */
  readonly clientDisconnected: boolean;
}

/**
 * One request's record. It begins with the headers and ends with the last byte or the client's leaving; on the
 * way everybody who learns something writes it down here. Times are milliseconds on the clock of `performance`.
 */
export class Exchange implements IndexedMember {
  index: number | undefined;
  readonly startedAtMs = performance.now();
  /** Name of the handler; undefined where no route fits. */
  operation?: string;
  /** Name of the client, where there are any in the configuration. */
  client?: string;
  /** Why the client was not let in. */
  refusal?: string;
  /** As the client wrote it. */
  modelId?: string;
  /** Glob of the rule that the model id fits. */
  rule?: string;
  /** Whose limits the request met. */
  readonly overLimits: LimitScope[] = [];
  report?: OperationReport;
  inferenceConfig?: InferenceConfigurationDto | null;
  isStream = false;
  firstEventAtMs?: number;
  lastEventAtMs?: number;
  stopReason?: StopReason;
  usage?: TokenUsage;
  /** What the answer said, where it is to be logged. */
  content?: (ConverseResponse | ConverseStreamEvent)[];
  /** Absent: the trace passes through. */
  traceHeaders?: TraceHeaders;

  private exception?: string;
  private brokenRule?: string;
  private sentBytes = 0;

  constructor(
    readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {}

  get requestId(): string {
    return String(this.response.getHeader('x-amzn-requestid'));
  }

  /** Headers of a call: names and values in turn. */
  headersOf(call: AttemptRecord): readonly string[] {
    const trace = this.traceHeaders?.(call) ?? traceContextToHeaders(readTraceContext(this.request.headers));
    return ['x-request-id', this.requestId, ...trace];
  }

  setClient(client: string): void {
    this.client = client;
  }

  /** The client is not let in. */
  recordRefusal(reason: string): void {
    this.refusal = reason;
  }

  setModelId(modelId: string): void {
    this.modelId = modelId;
  }

  /** The client may call the model, by this rule. */
  setRule(rule: string): void {
    this.rule = rule;
  }

  /** On the way to an upstream, which goes on being written down in `travel`. */
  setRequest(travel: OperationReport, inferenceConfig: InferenceConfigurationDto | null | undefined): void {
    this.report = travel;
    this.inferenceConfig = inferenceConfig;
  }

  recordLimit(scope: LimitScope): void {
    this.overLimits.push(scope);
  }

  recordAnswer(answer: ConverseResponse): void {
    this.usage = answer.usage;
    this.stopReason = answer.stopReason;
    this.content?.push(answer);
  }

  /** Events that go out. Looks at the last alone: metadata end a stream, and why it stopped stands before them. */
  recordEvents(events: readonly ConverseStreamEvent[], bytes: number): void {
    this.sentBytes += bytes;
    this.firstEventAtMs ??= performance.now();
    const last = events.at(-1);
    if (last !== undefined && 'metadata' in last) this.recordEnd(events, last.metadata.usage);
    this.content?.push(...events);
  }

  get lastAttempt(): AttemptRecord | undefined {
    return this.report?.attempts.at(-1);
  }

  /** The stream ends with an exception; `failure` is that of a call that had begun well. */
  recordFailure(exception: string, failure: AttemptFailure, brokenRule?: string): void {
    this.exception = exception;
    this.brokenRule = brokenRule;
    const call = this.lastAttempt;
    if (call?.outcome === 'success') call.fail(failure);
  }

  /** To be asked when the response is closed. */
  finish(): ExchangeResult {
    const { response } = this;
    // not `writableFinished`, which is true over HTTP/2 even after an abort
    const clientLeft = !response.writableEnded;
    const exception = this.exception ?? response.getHeader('x-amzn-errortype')?.toString();
    const brokenRule = this.brokenRule ?? brokenRuleOf(response);
    return {
      status: clientLeft && !response.headersSent ? CLIENT_CLOSED_REQUEST : response.statusCode,
      ...(exception !== undefined && { exception }),
      ...(brokenRule !== undefined && { brokenRule }),
      durationMs: performance.now() - this.startedAtMs,
      requestBytes: requestBytesOf(this.request),
      responseBytes: bytesOf(response.getHeader('content-length')) ?? this.sentBytes,
      clientDisconnected: clientLeft,
    };
  }

  private recordEnd(events: readonly ConverseStreamEvent[], usage: TokenUsage): void {
    this.lastEventAtMs = performance.now();
    this.usage = usage;
    const stop = events.at(-2);
    if (stop !== undefined && 'messageStop' in stop) this.stopReason = stop.messageStop.stopReason;
  }
}

function bytesOf(contentLength: number | string | string[] | undefined): number | undefined {
  return contentLength === undefined ? undefined : Number(contentLength);
}

/** What was announced or, of a body whose length was not, what came. */
function requestBytesOf(request: IncomingMessage): number | undefined {
  return bytesOf(request.headers['content-length']) ?? (ActiveRequest.receivedBytes(request) || undefined);
}
