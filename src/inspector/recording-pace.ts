/** Calls that are recorded at once, in every window. */
const AT_ONCE = 50;
const WINDOW_MS = 1_000;

interface Waiting<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/**
 * Limits the time that recording takes under load. Each window the first calls are recorded at once; the others wait for
 * its end, and of those only the last ones, because the store would forget the others anyway.
 */
export class RecordingPace<Item> {
  private waiting: Waiting<Item>[] = [];
  private waitingBytes = 0;
  private left = AT_ONCE;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly record: (item: Item) => void,
    private readonly maxItems: number,
    private readonly maxBytes: number,
  ) {}

  /** @param bytes what the item holds in memory while it waits */
  add(item: Item, bytes: number): void {
    this.timer ??= setTimeout(() => this.endWindow(), WINDOW_MS).unref();
    if (this.left > 0) {
      this.left -= 1;
      return this.record(item);
    }
    this.waiting.push({ item, bytes });
    this.waitingBytes += bytes;
    while (this.waiting.length > this.maxItems || this.waitingBytes > this.maxBytes) {
      this.waitingBytes -= this.waiting.shift()?.bytes ?? 0;
    }
  }

  private endWindow(): void {
    const { waiting } = this;
    this.waiting = [];
    this.waitingBytes = 0;
    this.left = AT_ONCE;
    this.timer = undefined;
    for (const { item } of waiting) this.record(item);
  }
}
