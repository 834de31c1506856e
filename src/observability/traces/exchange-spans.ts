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
import { attemptAttributes, exchangeAttributes } from './attributes.js';
import { readTraceContext, traceContextToHeaders } from './trace-context.js';

const SERVER_ERROR = 500;

/** The spans of one exchange: its own, and below it one for each call. */
export class ExchangeSpans {
  private readonly span: Span;
  private readonly context: Context;
  private readonly calls = new Map<AttemptRecord, Span>();

  constructor(
    private readonly tracer: Tracer,
    private readonly exchange: Exchange,
  ) {
    const parent = parentOf(exchange);
    const startTime = exchange.startedAtMs;
    this.span = tracer.startSpan('request', { kind: SpanKind.SERVER, startTime }, parent);
    this.context = trace.setSpan(parent, this.span);
  }

  /** The upstream goes on below the span of its call. */
  readonly headersOf = (call: AttemptRecord): readonly string[] => {
    const startTime = call.startedAtMs;
    const span = this.tracer.startSpan(
      `${this.exchange.genAiOperation} ${call.model}`,
      { kind: SpanKind.CLIENT, startTime },
      this.context,
    );
    this.calls.set(call, span);
    const { traceId, spanId, traceFlags, traceState } = span.spanContext();
    const flags = traceFlags.toString(16).padStart(2, '0');
    const traceparent = `00-${traceId}-${spanId}-${flags}`;
    return traceContextToHeaders({ traceparent, tracestate: traceState?.serialize() });
  };

  end(ending: ExchangeResult): void {
    const { exchange, span } = this;
    for (const [call, callSpan] of this.calls) this.endCall(call, callSpan);
    if (exchange.operation !== undefined) span.updateName(exchange.operation);
    span.setAttributes(exchangeAttributes(exchange, ending));
    const { status, exception, clientDisconnected: clientLeft } = ending;
    const hasFailed = status >= SERVER_ERROR || (exception !== undefined && status < 400);
    if (hasFailed && !clientLeft) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  private endCall(call: AttemptRecord, span: Span): void {
    span.setAttributes(attemptAttributes(call, this.exchange));
    if (call.failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    const { isStream, lastEventAtMs } = this.exchange;
    // of a stream, the call is successful once it has begun
    span.end(isStream && call.outcome === 'success' ? lastEventAtMs : call.endedAtMs);
  }
}

function parentOf({ request }: Exchange): Context {
  const context = readTraceContext(request.headers);
  if (context === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, flags: traceFlags, tracestate } = context;
  const traceState = tracestate === undefined ? undefined : createTraceState(tracestate);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, traceState, isRemote: true });
}
