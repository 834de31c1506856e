import { Injectable } from '@nestjs/common';
import type { Limits } from '../config/configuration.js';
import { Concurrency, type Queue, SHORT_QUEUE } from './concurrency.js';
import { LimitExceededError } from './limit-exceeded.error.js';
import { RequestCounter } from './request-counter.js';

export function isLimited({ requestsPerMinute, concurrent }: Limits): boolean {
  return requestsPerMinute !== undefined || concurrent !== undefined;
}

/** Applies the limits of a client or upstream, which has one key. */
@Injectable()
export class Limiter {
  private readonly concurrencies = new Map<string, Concurrency>();

  constructor(private readonly counter: RequestCounter) {}

  /**
   * Counts one more request. When too many run, it waits in the queue.
   * @returns a function to call at the end of the request; further calls have no effect
   * @throws LimitExceededError when a limit is exceeded
   */
  async acquire(
    key: string,
    { requestsPerMinute, concurrent }: Limits,
    queue: Queue = SHORT_QUEUE,
  ): Promise<() => void> {
    const release =
      concurrent === undefined ? () => undefined : await this.acquirePermit(key, concurrent, queue);
    if (requestsPerMinute === undefined) return release;
    const count = await this.counter.count(key);
    if (count === undefined || count.requests <= requestsPerMinute) return release;
    release();
    throw new LimitExceededError(count.resetMs);
  }

  private async acquirePermit(key: string, limit: number, queue: Queue): Promise<() => void> {
    const concurrency = this.concurrencies.get(key) ?? new Concurrency();
    this.concurrencies.set(key, concurrency);
    if (!(await concurrency.acquire(limit, queue))) throw new LimitExceededError(SHORT_QUEUE.maxWaitMs);
    return once(() => concurrency.release());
  }
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
