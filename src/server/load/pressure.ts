import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

export type PressureReason = 'event_loop' | 'heap';

/** The process is busy when its event loop was active for more than this share of the last second. */
const BUSY_SHARE = 0.95;
/**
 * A busy process accepts requests only in the first milliseconds of each turn of its event loop. Accepted requests stay
 * in memory until they are answered; with too many at once, garbage collection takes most of the processor time.
 */
const MAX_TURN_MS = 20;
/** Below this number of active requests a busy process never sheds, however slow they are. */
const FEW_REQUESTS = 32;
/** Above this share of the heap's limit the process spends its time on garbage collection, and soon runs out. */
const MAX_HEAP_SHARE = 0.9;
const READ_INTERVAL_MS = 1_000;

export interface Readings {
  /** Share of the time since the last reading in which the event loop was active. */
  readonly busyShare: number;
  /** Used share of the heap's limit. */
  readonly heapShare: number;
}

/** Whether the process can keep up, measured by its event loop and its heap. */
export class Pressure {
  private isBusy = false;
  private heapIsFull = false;
  /** Arrival of the first request in this turn of the event loop, on the clock of `performance`. */
  private turnStartedAt: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** Why no further request can be accepted; undefined when one can. */
  reason(activeRequests: number): PressureReason | undefined {
    if (this.heapIsFull) return 'heap';
    if (!this.isBusy || activeRequests < FEW_REQUESTS) return undefined;
    return this.turnMs() > MAX_TURN_MS ? 'event_loop' : undefined;
  }

  start(): void {
    let before: EventLoopUtilization = performance.eventLoopUtilization();
    this.timer = setInterval(() => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      this.read({ busyShare: utilization, heapShare: heapShare() });
    }, READ_INTERVAL_MS).unref();
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
    if (this.turnStartedAt === undefined) {
      this.turnStartedAt = now;
      setImmediate(() => (this.turnStartedAt = undefined));
    }
    return now - this.turnStartedAt;
  }
}

function heapShare(): number {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size / heap_size_limit;
}
