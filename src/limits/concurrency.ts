/** How requests wait for a permit. */
export interface Queue {
  /** Longest wait of a request. */
  readonly maxWaitMs: number;
  /** Requests that may wait, for each that runs. */
  readonly requestsPerPermit: number;
}

/** A wait that is enough for a burst, and too short for overload to accumulate. */
export const SHORT_QUEUE: Queue = { maxWaitMs: 1_000, requestsPerPermit: 2 };
/** For many short calls at once whose client would rather wait than be refused. */
export const PATIENT_QUEUE: Queue = { maxWaitMs: 30_000, requestsPerPermit: 32 };

type Waiter = (isPermitted: boolean) => void;

/** Limits how many requests of one key run at the same time; further ones wait in a queue. */
export class Concurrency {
  private limit = 0;
  private active = 0;
  /** In order of arrival. */
  private readonly queue = new Set<Waiter>();

  /**
   * Waits for a permit in the queue. `limit` replaces the limit of earlier calls.
   * @returns whether the request may run; then `release` must be called at its end
   */
  async acquire(limit: number, queue: Queue = SHORT_QUEUE): Promise<boolean> {
    this.limit = limit;
    if (this.active < limit) {
      this.active += 1;
      return true;
    }
    return this.queue.size < limit * queue.requestsPerPermit && this.wait(queue);
  }

  release(): void {
    this.active -= 1;
    for (const waiter of this.queue) {
      if (this.active >= this.limit) return;
      this.active += 1;
      waiter(true);
    }
  }

  private async wait({ maxWaitMs }: Queue): Promise<boolean> {
    return new Promise((resolve) => {
      const settle: Waiter = (isPermitted) => {
        clearTimeout(timer);
        this.queue.delete(settle);
        resolve(isPermitted);
      };
      const timer = setTimeout(settle, maxWaitMs, false);
      this.queue.add(settle);
    });
  }
}
