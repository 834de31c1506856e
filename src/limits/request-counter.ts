import type { RateLimiterAbstract } from 'rate-limiter-flexible';

export interface MinuteCount {
  readonly requests: number;
  /** Milliseconds until the minute is over. */
  readonly resetMs: number;
}

/** How many requests were made in the minute that runs, by key. */
export class RequestCounter {
  /** @param onAway hears why the store could not count */
  constructor(
    private readonly store: RateLimiterAbstract,
    private readonly onAway: (error: unknown) => void = () => undefined,
  ) {}

  /** Counts one more; undefined when the store is away. */
  async count(key: string): Promise<MinuteCount | undefined> {
    try {
      const { consumedPoints, msBeforeNext } = await this.store.consume(key);
      return { requests: consumedPoints, resetMs: msBeforeNext };
    } catch (error) {
      this.onAway(error);
      return undefined;
    }
  }
}
