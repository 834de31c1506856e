import type { IncomingHttpHeaders } from 'node:http';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-(?<traceId>(?!0{32})[0-9a-f]{32})-(?<spanId>(?!0{16})[0-9a-f]{16})-(?<flags>[0-9a-f]{2})$/;
/** https://www.w3.org/TR/trace-context/#tracestate-header */
const MEMBER =
  /^[a-z0-9][a-z0-9_\-*/@]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const MAX_MEMBERS = 32;
const MAX_STATE_CHARACTERS = 512;

/** The client's position in a trace. */
export interface TraceContext {
  /** As it was sent. */
  readonly traceparent: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
  /** As it was sent. */
  readonly tracestate?: string;
}

/** The headers of a request → its trace context; undefined when there is none, or one that is malformed. */
export function readTraceContext({ traceparent, tracestate }: IncomingHttpHeaders): TraceContext | undefined {
  if (typeof traceparent !== 'string') return undefined;
  const { traceId, spanId, flags } = TRACEPARENT.exec(traceparent)?.groups ?? {};
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const state = typeof tracestate === 'string' && isTraceState(tracestate) ? tracestate : undefined;
  return {
    traceparent,
    traceId,
    spanId,
    flags: Number.parseInt(flags, 16),
    ...(state !== undefined && { tracestate: state }),
  };
}

/** A trace context → the headers that forward it: names and values in turn. */
export function traceContextToHeaders(
  context: Pick<TraceContext, 'traceparent' | 'tracestate'> | undefined,
): readonly string[] {
  if (context === undefined) return [];
  const { traceparent, tracestate } = context;
  return ['traceparent', traceparent, ...(tracestate === undefined ? [] : ['tracestate', tracestate])];
}

/** A malformed state is not forwarded, because the header goes to another party. */
function isTraceState(text: string): boolean {
  if (text.length > MAX_STATE_CHARACTERS) return false;
  const members = text.split(',').map((member) => member.trim());
  return members.length <= MAX_MEMBERS && members.every((member) => member === '' || MEMBER.test(member));
}
