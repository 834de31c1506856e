/** For a moment a request waits until another one ends: bursts pass, and overload does not pile up. */
export const MAX_QUEUE_MS = 1_000;
const QUEUED_PER_PLACE = 2;

type Waiter = (hasPlace: boolean) => void;

/** Requests at the same time: how many are under way, and who waits for one of them to end. */
export class Concurrency {
  private limit = 0;
  private active = 0;
  /** In order of arrival. */
  private readonly queue = new Set<Waiter>();

  /** Whether there is a place, at once or soon. Who has one must `leave`. `limit` holds from now on, for all. */
  async acquire(limit: number): Promise<boolean> {
    this.limit = limit;
    if (this.active < limit) {
      this.active += 1;
      return true;
    }
    return this.queue.size < limit * QUEUED_PER_PLACE && this.wait();
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
      const settle: Waiter = (hasPlace) => {
        clearTimeout(timer);
        this.queue.delete(settle);
        resolve(hasPlace);
      };
      const timer = setTimeout(settle, MAX_QUEUE_MS, false);
      this.queue.add(settle);
    });
  }
}
