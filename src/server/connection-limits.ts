import type { ServerOpts } from 'node:net';
import type { ServerSettings } from '../config/settings.js';

/** What a connection may take, of what and for how long. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  /** Until the first bytes, which tell the protocol; over TLS, for the handshake. */
  readonly firstBytesMs: number;
  /** For the headers of a request over HTTP/1.1. */
  readonly headersMs: number;
  /** Headers of a request, in bytes: names, values, and what is between them. */
  readonly maxHeaderBytes: number;
  /** For receiving a request over HTTP/1.1, be its body wanted or not. */
  readonly requestMs: number;
  /** How often slow requests are looked for. */
  readonly sweepMs: number;
  /** Between two requests over HTTP/1.1; without a frame over HTTP/2. */
  readonly keepAliveMs: number;
  /** Requests at once on one connection: streams of HTTP/2, pipelined ones of HTTP/1.1. */
  readonly maxRequestsAtOnce: number;
  /** Streams that a client may reset before their end: so many, and then so many a second. */
  readonly streamResets: { readonly burst: number; readonly perSecond: number };
  /** PING and SETTINGS frames of an HTTP/2 connection, each of which wants an answer. */
  readonly maxControlFramesPerSecond: number;
  /** A client that vanished without a word is asked for a sign of life after so much silence. */
  readonly probeMs: number;
}

/** What nobody has to set. */
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
    // who wants the body has given up before
    requestMs: headersTimeoutMs + bodyTimeoutMs,
    keepAliveMs: keepAliveTimeoutMs,
  };
}

/** Without delay: the frames of a stream are small, and none may wait for the next. */
export function socketOptions({ probeMs }: ConnectionLimits): ServerOpts {
  return { noDelay: true, keepAlive: true, keepAliveInitialDelay: probeMs };
}
