/** A request more than was allowed. */
export class LimitExceededError extends Error {
  override readonly name = 'OverLimitError';

  /** @param retryAfterMs when there may be room again, in milliseconds */
  constructor(readonly retryAfterMs: number) {
    super(`over the limit for ${retryAfterMs} ms`);
  }
}
