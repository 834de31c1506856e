import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { ShedReason } from './shed-events.js';

/** Share of the last second in which the event loop did not wait for anything. */
const BUSY_SHARE = 0.95;
/**
 * How long a busy process takes on more in one turn of its event loop. What it has taken on lives until it is answered:
 * too much at once, and the garbage collector has more to do than everybody else.
 */
const MAX_TURN_MS = 20;
/** So few are not too many, however long each of them takes. */
const FEW_REQUESTS = 32;
/** Beyond it the process does little but collect garbage, and soon nothing. */
const MAX_HEAP_SHARE = 0.9;
const LOOK_EVERY_MS = 1_000;

export interface Readings {
  /** Of the time since the last reading. */
  readonly busyShare: number;
  /** Of the heap's limit. */
  readonly heapShare: number;
}

/** Whether the process can keep up, by what it feels itself. */
export class Pressure {
  private isBusy = false;
  private heapIsFull = false;
  /** When the first request of this turn came, on the clock of `performance`. */
  private turnBeganAt: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** Why no more can be taken on now, beside so many. */
  reason(inFlight: number): ShedReason | undefined {
    if (this.heapIsFull) return 'heap';
    if (!this.isBusy || inFlight < FEW_REQUESTS) return undefined;
    return this.turnMs() > MAX_TURN_MS ? 'event_loop' : undefined;
  }

  start(): void {
    let before: EventLoopUtilization = performance.eventLoopUtilization();
    this.timer = setInterval(() => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      this.read({ busyShare: utilization, heapShare: heapShare() });
    }, LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  read({ busyShare, heapShare }: Readings): void {
    this.isBusy = busyShare > BUSY_SHARE;
    this.heapIsFull = heapShare > MAX_HEAP_SHARE;
  }

  private turnMs(): number {
    const now = performance.now();
    if (this.turnBeganAt === undefined) {
      this.turnBeganAt = now;
      setImmediate(() => (this.turnBeganAt = undefined));
    }
    return now - this.turnBeganAt;
  }
}

function heapShare(): number {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size / heap_size_limit;
}
