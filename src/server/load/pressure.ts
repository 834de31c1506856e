import { getHeapStatistics } from 'node:v8';
import type { ShedReason } from './sheds.js';

/** A turn of the event loop that takes longer has enough to do. The largest bodies take it most of that. */
const MAX_TURN_MS = 400;
/** Beyond it the process does little but collect garbage, and soon nothing. */
const MAX_HEAP_SHARE = 0.9;
const LOOK_EVERY_MS = 100;

/** Whether the process can keep up, by what it feels itself. */
export class Pressure {
  private heapIsFull = false;
  /** On the clock of `performance`: when the event loop was to come round, which it does not while it is busy. */
  private dueAt = Infinity;
  private timer: NodeJS.Timeout | undefined;

  /** Why no more can be taken on now. */
  get reason(): ShedReason | undefined {
    if (this.heapIsFull) return 'heap';
    return performance.now() - this.dueAt > MAX_TURN_MS ? 'event_loop' : undefined;
  }

  start(): void {
    this.timer = setInterval(() => this.look(heapShare()), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.dueAt = Infinity;
    this.heapIsFull = false;
  }

  /** The loop has come round. */
  look(heapShare: number): void {
    this.heapIsFull = heapShare > MAX_HEAP_SHARE;
    this.dueAt = performance.now() + LOOK_EVERY_MS;
  }
}

function heapShare(): number {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size / heap_size_limit;
}
