/** A request waits this long for another one to end: enough for a burst, too short for overload to accumulate. */
export const MAX_QUEUE_MS = 1_000;
const QUEUED_PER_PERMIT = 2;

type Waiter = (isPermitted: boolean) => void;

/** Limits how many requests of one key run at the same time; further ones wait in a queue. */
export class Concurrency {
  private limit = 0;
  private active = 0;
  /** In order of arrival. */
  private readonly queue = new Set<Waiter>();

  /**
   * Waits for a permit, at most `MAX_QUEUE_MS`. `limit` replaces the limit of earlier calls.
   * @returns whether the request may run; then `release` must be called at its end
   */
  async acquire(limit: number): Promise<boolean> {
    this.limit = limit;
    if (this.active < limit) {
      this.active += 1;
      return true;
    }
    return this.queue.size < limit * QUEUED_PER_PERMIT && this.wait();
  }

  release(): void {
    this.active -= 1;
    for (const waiter of this.queue) {
      if (this.active >= this.limit) return;
      this.active += 1;
      waiter(true);
    }
  }

  private async wait(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle: Waiter = (isPermitted) => {
        clearTimeout(timer);
        this.queue.delete(settle);
        resolve(isPermitted);
      };
      const timer = setTimeout(settle, MAX_QUEUE_MS, false);
      this.queue.add(settle);
    });
  }
}
