/** How long a connection may take for what. */
export interface ConnectionLimits {
  /** Until the first bytes, which tell the protocol; over TLS, for the handshake. */
  readonly firstBytesMs: number;
  /** For the headers of a request over HTTP/1.1. */
  readonly headersMs: number;
  /** For receiving a request over HTTP/1.1, body included. */
  readonly requestMs: number;
  /** How often slow requests are looked for. */
  readonly sweepMs: number;
  /** Between two requests over HTTP/1.1. */
  readonly keepAliveMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  firstBytesMs: 30_000,
  headersMs: 30_000,
  requestMs: 300_000,
  sweepMs: 5_000,
  // longer than the 60 s after which load balancers close idle connections: the side that waits must be theirs
  keepAliveMs: 75_000,
};
