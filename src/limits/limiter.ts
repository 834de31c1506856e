import { Injectable } from '@nestjs/common';
import type { Limits } from '../config/configuration.js';
import { Concurrency, MAX_QUEUE_MS } from './concurrency.js';
import { LimitExceededError } from './limit-exceeded.error.js';
import { RequestCounter } from './request-counter.js';

export function isLimited({ requestsPerMinute, concurrent }: Limits): boolean {
  return requestsPerMinute !== undefined || concurrent !== undefined;
}

/** Lets in so many requests of a key as its limits say. */
@Injectable()
export class Limiter {
  private readonly concurrencies = new Map<string, Concurrency>();

  constructor(private readonly counter: RequestCounter) {}

  /**
   * One more request; it waits a moment when too many are under way.
   * @returns what is to be called when it is over, and may be called again
   * @throws OverLimitError
   */
  async acquire(key: string, { requestsPerMinute, concurrent }: Limits): Promise<() => void> {
    const leave = concurrent === undefined ? () => undefined : await this.acquirePermit(key, concurrent);
    if (requestsPerMinute === undefined) return leave;
    const count = await this.counter.count(key);
    if (count === undefined || count.requests <= requestsPerMinute) return leave;
    leave();
    throw new LimitExceededError(count.resetMs);
  }

  private async acquirePermit(key: string, limit: number): Promise<() => void> {
    const concurrency = this.concurrencies.get(key) ?? new Concurrency();
    this.concurrencies.set(key, concurrency);
    if (!(await concurrency.acquire(limit))) throw new LimitExceededError(MAX_QUEUE_MS);
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
