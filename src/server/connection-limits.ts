import type { ServerOpts } from 'node:net';
import type { ServerSettings } from '../config/settings.js';

/** Limits of a connection: times, sizes and numbers of requests. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  /** Until the first bytes, which tell the protocol; over TLS, for the handshake. */
  readonly firstBytesMs: number;
  /** For the headers of a request over HTTP/1.1. */
  readonly headersMs: number;
  /** Headers of a request, in bytes: names, values, and what is between them. */
  readonly maxHeaderBytes: number;
  /** For receiving a whole request over HTTP/1.1, whether its body is used or discarded. */
  readonly requestMs: number;
  /** How often slow requests are searched. */
  readonly sweepMs: number;
  /** Between two requests over HTTP/1.1; without a frame over HTTP/2. */
  readonly keepAliveMs: number;
  /** Requests at once on one connection: streams of HTTP/2, pipelined ones of HTTP/1.1. */
  readonly maxRequestsAtOnce: number;
  /** Streams that a client may reset before their end: `burst` at once, then `perSecond`. */
  readonly streamResets: { readonly burst: number; readonly perSecond: number };
  /** PING and SETTINGS frames of an HTTP/2 connection, which Node answers one by one. */
  readonly maxControlFramesPerSecond: number;
  /** Silence of a connection before TCP keep-alive probes check that the client still exists. */
  readonly probeMs: number;
}

/** Limits that are not settings. */
const FIXED = {
  sweepMs: 5_000,
  maxHeaderBytes: 16 * 1024,
  maxRequestsAtOnce: 256,
  streamResets: { burst: 1_000, perSecond: 33 },
  maxControlFramesPerSecond: 250,
  probeMs: 60_000,
} as const satisfies Partial<ConnectionLimits>;

export function connectionLimits(settings: ServerSettings): ConnectionLimits {
  const { maxConnections, headersTimeoutMs, bodyTimeoutMs, keepAliveTimeoutMs } = settings;
  return {
    ...FIXED,
    maxConnections,
    firstBytesMs: headersTimeoutMs,
    headersMs: headersTimeoutMs,
    // longer than the deadline of the body, so that `readBody` answers first
    requestMs: headersTimeoutMs + bodyTimeoutMs,
    keepAliveMs: keepAliveTimeoutMs,
  };
}

/** Disables Nagle's algorithm: the small frames of a stream must not wait for each other. */
export function socketOptions({ probeMs }: ConnectionLimits): ServerOpts {
  return { noDelay: true, keepAlive: true, keepAliveInitialDelay: probeMs };
}
