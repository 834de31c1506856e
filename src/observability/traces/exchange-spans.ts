import {
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { ExchangeResult, Exchange } from '../exchange.js';
import type { AttemptRecord } from '../attempt-record.js';
import type { ObjectRecord } from '../object-record.js';
import { attemptAttributes, exchangeAttributes } from './attributes.js';
import { objectAttributes } from './object-attributes.js';
import { readTraceContext, traceContextToHeaders } from './trace-context.js';

const SERVER_ERROR = 500;

/** The spans of one exchange: one for the request, and a child for each attempt. */
export class ExchangeSpans {
  private readonly span: Span;
  private readonly context: Context;
  private readonly attempts = new Map<AttemptRecord, Span>();

  constructor(
    private readonly tracer: Tracer,
    private readonly exchange: Exchange,
  ) {
    const parent = parentOf(exchange);
    const startTime = exchange.startedAtMs;
    this.span = tracer.startSpan('request', { kind: SpanKind.SERVER, startTime }, parent);
    this.context = trace.setSpan(parent, this.span);
  }

  /** Starts the span of an attempt. The headers make the upstream's spans its children. */
  readonly headersOf = (call: AttemptRecord): readonly string[] => {
    const startTime = call.startedAtMs;
    const span = this.tracer.startSpan(
      `${call.aside ?? this.exchange.genAiOperation} ${call.model}`.trimEnd(),
      { kind: SpanKind.CLIENT, startTime },
      this.context,
    );
    this.attempts.set(call, span);
    const { traceId, spanId, traceFlags, traceState } = span.spanContext();
    const flags = traceFlags.toString(16).padStart(2, '0');
    const traceparent = `00-${traceId}-${spanId}-${flags}`;
    return traceContextToHeaders({ traceparent, tracestate: traceState?.serialize() });
  };

  end(result: ExchangeResult): void {
    const { exchange, span } = this;
    for (const [call, callSpan] of this.attempts) this.endAttempt(call, callSpan);
    if (exchange.operation !== undefined) span.updateName(exchange.operation);
    span.setAttributes(exchangeAttributes(exchange, result));
    if (exchange.s3 !== undefined) this.addReads(exchange.s3);
    const { status, exception, clientDisconnected } = result;
    const hasFailed = status >= SERVER_ERROR || (exception !== undefined && status < 400);
    if (hasFailed && !clientDisconnected) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  /** One span for the objects of the request, which are read at the same time. */
  private addReads(record: ObjectRecord): void {
    const { startedAtMs: startTime, durationMs, failure } = record;
    const span = this.tracer.startSpan('S3.GetObject', { kind: SpanKind.CLIENT, startTime }, this.context);
    span.setAttributes(objectAttributes(record));
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(startTime + durationMs);
  }

  private endAttempt(call: AttemptRecord, span: Span): void {
    span.setAttributes(attemptAttributes(call, this.exchange));
    if (call.failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    const { isStream, lastEventAtMs } = this.exchange;
    // the attempt of a stream succeeds when the stream begins, but its span covers the whole stream
    const isOfStream = isStream && call.aside === undefined && call.outcome === 'success';
    span.end(isOfStream ? lastEventAtMs : call.endedAtMs);
  }
}

function parentOf({ request }: Exchange): Context {
  const context = readTraceContext(request.headers);
  if (context === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, flags: traceFlags, tracestate } = context;
  const traceState = tracestate === undefined ? undefined : createTraceState(tracestate);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, traceState, isRemote: true });
}
