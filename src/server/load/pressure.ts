import { getHeapStatistics } from 'node:v8';
import type { ShedReason } from './sheds.js';

/** Answers that wait so long for their turn are late for everybody. */
const MAX_LAG_MS = 250;
/** Beyond it the process does little but collect garbage, and soon nothing. */
const MAX_HEAP_SHARE = 0.9;
const LOOK_EVERY_MS = 100;

export interface Readings {
  /** How late the event loop is. */
  readonly lagMs: number;
  /** Of the heap's limit. */
  readonly heapShare: number;
}

/** Whether the process can keep up, by what it feels itself. */
export class Pressure {
  private lagMs = 0;
  private sign: ShedReason | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** Why no more can be taken on now. */
  get reason(): ShedReason | undefined {
    return this.sign;
  }

  start(): void {
    let due = performance.now() + LOOK_EVERY_MS;
    this.timer = setInterval(() => {
      const now = performance.now();
      this.read({ lagMs: Math.max(0, now - due), heapShare: heapShare() });
      due = now + LOOK_EVERY_MS;
    }, LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Half of the lag is that of before: one large body is no overload. */
  read({ lagMs, heapShare }: Readings): void {
    this.lagMs = (this.lagMs + lagMs) / 2;
    if (heapShare > MAX_HEAP_SHARE) this.sign = 'heap';
    else this.sign = this.lagMs > MAX_LAG_MS ? 'event_loop' : undefined;
  }
}

function heapShare(): number {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size / heap_size_limit;
}
