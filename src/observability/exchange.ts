import type { IncomingMessage, ServerResponse } from 'node:http';
import { brokenRuleOf } from '../bedrock/write-exception.js';
import type { TokenUsage } from '../bedrock/converse/converse-response.js';
import { readTraceContext, traceContextToHeaders } from './traces/trace-context.js';
import type { AnswerContent } from './answer-content.js';
import type { AttemptFailure, AttemptRecord } from './attempt-record.js';
import type { GenAiOperation } from './gen-ai.js';
import type { GuardrailPlace, GuardrailRecord } from './guardrail-record.js';
import type { ObjectRecord } from './object-record.js';
import type { AnswerSummary, ModelRequest, OperationReport, RequestParameters } from './operation-report.js';
import { bytesOf, requestBytesOf } from './message-bytes.js';
import type { PromptRecord } from './prompt-record.js';
import type { RequestMetadataRecord } from './request-metadata-record.js';

/** nginx's status for a client that left before the answer; dashboards know it. */
const CLIENT_CLOSED_REQUEST = 499;

/** The owner of a limit. */
export type LimitScope = 'client' | 'upstream';

/** Returns the headers of an attempt that continue the client's trace at the upstream: names and values in turn. */
export type TraceHeaders = (attempt: AttemptRecord) => readonly string[];

/** How a request ended. */
export interface ExchangeResult {
  /** 499 when the client left before the answer. */
  readonly status: number;
  /** Name of the exception that was sent, as the answer or as the end of a stream. */
  readonly exception?: string;
  /** JSON path and rule that the request violated; it holds no value of the request. */
  readonly brokenRule?: string;
  readonly durationMs: number;
  /** Size of the request's body; undefined when there was none. */
  readonly requestBytes?: number;
  /** Size of the answer's body. */
  readonly responseBytes: number;
  /** The client left before it had the whole answer. */
  readonly clientDisconnected: boolean;
}

/**
 * The record of one request, from its headers to the last byte of the answer or until the client leaves. Guards,
 * operations and replies fill it in; the access log, the metrics and the traces read it when the response is closed.
 * Times are milliseconds on the clock of `performance`.
 */
export class Exchange {
  readonly startedAtMs = performance.now();
  /** Name of the handler; undefined when no route matches. */
  operation?: string;
  /** Name of the authenticated client; undefined when the configuration has no clients. */
  client?: string;
  /** Why authentication or the model permission failed. */
  refusal?: string;
  /** As the client sent it. */
  modelId?: string;
  /** Glob of the rule that matches the model id. */
  rule?: string;
  prompt?: PromptRecord;
  /** Owners of the limits that the request exceeded. */
  readonly overLimits: LimitScope[] = [];
  report?: OperationReport;
  genAiOperation: GenAiOperation = 'chat';
  parameters?: RequestParameters | null;
  isStream = false;
  firstEventAtMs?: number;
  lastEventAtMs?: number;
  stopReason?: string;
  usage?: TokenUsage;
  /** How the tokens of the request were counted, as the answer's header says it. Undefined unless that was asked for. */
  tokenCount?: string;
  /** The answer, or the events of a stream. Undefined unless prompts are logged or inspected. */
  content?: AnswerContent;
  /** What guardrails found. Undefined unless one has examined something. */
  guardrails?: GuardrailRecord[];
  /** Where the findings of each of them stand. Undefined unless prompts are logged or inspected. */
  guardrailPlaces?: (readonly GuardrailPlace[])[];
  /** Undefined unless the configuration names keys of request metadata, and the request has some. */
  requestMetadata?: RequestMetadataRecord;
  /** What was read from the object store. Undefined unless something was. */
  s3?: ObjectRecord;
  /** Undefined without a collector: then the client's trace context is forwarded as it is. */
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

  /** Headers that an attempt sends to the upstream: names and values in turn. */
  headersOf(attempt: AttemptRecord): readonly string[] {
    const trace =
      this.traceHeaders?.(attempt) ?? traceContextToHeaders(readTraceContext(this.request.headers));
    return ['x-request-id', this.requestId, ...trace];
  }

  setClient(client: string): void {
    this.client = client;
  }

  recordRefusal(reason: string): void {
    this.refusal = reason;
  }

  setModelId(modelId: string): void {
    this.modelId = modelId;
  }

  /** The client may call the model, and this rule routes it. */
  setRule(rule: string): void {
    this.rule = rule;
  }

  /** The request is being processed. The operation keeps `report` up to date. */
  setRequest(report: OperationReport, { genAiOperation, parameters }: ModelRequest): void {
    this.report = report;
    this.genAiOperation = genAiOperation;
    this.parameters = parameters;
  }

  recordLimit(scope: LimitScope): void {
    this.overLimits.push(scope);
  }

  recordAnswer(answer: object, summary: AnswerSummary = {}): void {
    this.usage = summary.usage;
    this.stopReason = summary.stopReason;
    this.content?.add([answer], 0);
  }

  recordTokenCount(description: string): void {
    this.tokenCount = description;
  }

  /** @param listPlaces is called only if somebody wants to know */
  recordGuardrail(record: GuardrailRecord, listPlaces: () => readonly GuardrailPlace[]): void {
    (this.guardrails ??= []).push(record);
    if (this.content !== undefined) (this.guardrailPlaces ??= []).push(listPlaces());
  }

  setRequestMetadata(metadata: RequestMetadataRecord): void {
    this.requestMetadata = metadata;
  }

  /** Events that are being sent, in frames of `bytes` bytes. */
  recordEvents(events: readonly object[], bytes: number): void {
    this.sentBytes += bytes;
    this.firstEventAtMs ??= performance.now();
    this.content?.add(events, bytes);
  }

  /** The stream has reached its regular end. */
  recordStreamEnd(summary: AnswerSummary): void {
    this.lastEventAtMs = performance.now();
    this.usage = summary.usage;
    this.stopReason = summary.stopReason;
  }

  get lastAttempt(): AttemptRecord | undefined {
    return this.report?.attempts.at(-1);
  }

  /** The stream ends with an exception. If its attempt had succeeded so far, `failure` becomes the attempt's outcome. */
  recordFailure(exception: string, failure: AttemptFailure, brokenRule?: string): void {
    this.exception = exception;
    this.brokenRule = brokenRule;
    const attempt = this.lastAttempt;
    if (attempt?.outcome === 'success') attempt.fail(failure);
  }

  /** The result of the request. Call it when the response is closed. */
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
}
