/** A request exceeds a limit. */
export class LimitExceededError extends Error {
  override readonly name = 'LimitExceededError';

  /** @param retryAfterMs milliseconds after which a retry may succeed */
  constructor(readonly retryAfterMs: number) {
    super(`over the limit for ${retryAfterMs} ms`);
  }
}
