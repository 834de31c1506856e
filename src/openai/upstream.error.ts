/**
 * What went wrong with a call:
 * - `status`: the server answered with an error, or sent one in a 200 or inside a stream;
 * - `connect`: no connection (refused, unresolved, TLS, connect timeout);
 * - `reset`: the connection broke before the answer was whole;
 * - `timeout`: a deadline of ours passed;
 * - `unusable`: an answer that is none: HTML, broken JSON, no choices, an empty or unfinished stream;
 * - `aborted`: nobody waits for it any more: the client has left, the process goes, or has no room for the answer.
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
  /** The server finds fault with the request, whatever its status says. */
  readonly refusesRequest?: boolean;
  /** What is wrong with an answer that is none, in words of this proxy alone. */
  readonly reason?: string;
  readonly cause?: unknown;
}

/** A failed upstream call, in OpenAI's words. `message` is the upstream's own text: it may name hosts or keys. */
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

/** An answer that is none: why, and how it begins where that says more. */
export function unusable(
  reason: string,
  { excerpt, ...details }: UpstreamErrorDetails & { readonly excerpt?: string } = {},
): UpstreamError {
  const message = excerpt === undefined ? reason : `${reason}: ${excerpt}`;
  return new UpstreamError('unusable', message, { ...details, reason });
}
