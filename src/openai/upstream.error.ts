/**
 * The kinds of failure of a call:
 * - `status`: the server sent an error: with an error status, in a 200, or inside a stream;
 * - `connect`: no connection (refused, unresolved, TLS, connect timeout);
 * - `reset`: the connection broke before the answer was complete;
 * - `timeout`: a deadline of the proxy passed;
 * - `unusable`: a 200 without a usable answer: HTML, broken JSON, no choices, an empty or unfinished stream;
 * - `aborted`: the client left, the process shuts down, or there is no memory for the answer.
 */
export type UpstreamFailure = 'status' | 'connect' | 'reset' | 'timeout' | 'unusable' | 'aborted';

export interface UpstreamErrorDetails {
  /** The HTTP status, or the one that an error object inside a 200 names. */
  readonly status?: number;
  /** `error.code`, as text. */
  readonly code?: string;
  /** `error.type`. */
  readonly type?: string;
  /** `error.param`. */
  readonly param?: string;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** `retry-after` as it was sent: seconds or a date. */
  readonly retryAfter?: string;
  /** The message says that the request is at fault, although the status is 500. */
  readonly refusesRequest?: boolean;
  /** What makes an answer unusable, without any text of the upstream. */
  readonly reason?: string;
  readonly cause?: unknown;
}

/** A failed upstream call. `message` is the upstream's own text, which may contain host names or keys. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly status?: number;
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
  readonly retryAfterMs?: number;
  readonly retryAfter?: string;
  readonly refusesRequest?: boolean;
  readonly reason?: string;

  constructor(
    readonly failure: UpstreamFailure,
    message: string,
    details: UpstreamErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.code = details.code;
    this.type = details.type;
    this.param = details.param;
    this.retryAfterMs = details.retryAfterMs;
    this.retryAfter = details.retryAfter;
    this.refusesRequest = details.refusesRequest;
    this.reason = details.reason;
  }
}

/** → UpstreamError `unusable`, with the beginning of the answer if that helps to understand the reason. */
export function unusable(
  reason: string,
  { excerpt, ...details }: UpstreamErrorDetails & { readonly excerpt?: string } = {},
): UpstreamError {
  const message = excerpt === undefined ? reason : `${reason}: ${excerpt}`;
  return new UpstreamError('unusable', message, { ...details, reason });
}
