import type { RateLimiterAbstract } from 'rate-limiter-flexible';

export interface MinuteCount {
  readonly requests: number;
  /** Milliseconds until the minute is over. */
  readonly resetMs: number;
}

/** Counts the requests per key in the current minute. */
export class RequestCounter {
  /** @param onDisconnect called with the error when the store could not count */
  constructor(
    private readonly store: RateLimiterAbstract,
    private readonly onDisconnect: (error: unknown) => void = () => undefined,
  ) {}

  /** Counts one more request; undefined when the store is not available. */
  async count(key: string): Promise<MinuteCount | undefined> {
    try {
      const { consumedPoints, msBeforeNext } = await this.store.consume(key);
      return { requests: consumedPoints, resetMs: msBeforeNext };
    } catch (error) {
      this.onDisconnect(error);
      return undefined;
    }
  }
}
