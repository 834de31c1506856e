/** Work that may be done at once, and that is added in every interval, in units of one small call. */
const MAX_UNITS = 50;
const UNITS_PER_INTERVAL = 2;
const INTERVAL_MS = 100;
/** So many bytes of bodies take as long to record as a small call. */
const UNIT_BYTES = 4 * 1024;
/** Of larger bodies the rest is only looked through for texts to fold, which is faster by so much. */
const LARGE_BYTES = 512 * 1024;
const FASTER = 128;
/** Calls that wait. They outlive collections of the young generation, which costs more than all the rest. */
const MAX_WAITING = 20;
/** While so many wait, a call in each of these times is captured, in place of the oldest one. */
const SAMPLE_MS = 10;
/** What a call that waits holds for each byte of its bodies: both sides of it, parsed and as text. */
const HELD_FACTOR = 4;

interface Waiting<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/**
 * Limits the time that recording takes under load. A call is recorded at once while there are units left; the others
 * wait for new units, and of those only the last ones are held. While many wait, few further ones are captured.
 */
export class RecordingPace<Item> {
  private waiting: Waiting<Item>[] = [];
  private heldBytes = 0;
  private units = MAX_UNITS;
  private timer: NodeJS.Timeout | undefined;
  private lastCapturedMs = -Infinity;

  constructor(
    private readonly record: (item: Item) => void,
    private readonly maxBytes: number,
  ) {}

  /** Whether a call that begins is to be captured. */
  captures(nowMs: number): boolean {
    if (this.waiting.length >= MAX_WAITING && nowMs - this.lastCapturedMs < SAMPLE_MS) return false;
    this.lastCapturedMs = nowMs;
    return true;
  }

  /** @param bytes of the bodies of the client's call */
  add(item: Item, bytes: number): void {
    this.timer ??= setInterval(() => this.refill(), INTERVAL_MS).unref();
    if (this.units > 0 && this.waiting.length === 0) return this.recordNow({ item, bytes });
    this.waiting.push({ item, bytes });
    this.heldBytes += HELD_FACTOR * bytes;
    while (this.waiting.length > MAX_WAITING || this.heldBytes > this.maxBytes) this.takeFirst();
  }

  /** Records an item that waits out of turn, because somebody asks for it. */
  hurry(is: (item: Item) => boolean): void {
    const index = this.waiting.findIndex(({ item }) => is(item));
    const [found] = index === -1 ? [] : this.waiting.splice(index, 1);
    if (found === undefined) return;
    this.heldBytes -= HELD_FACTOR * found.bytes;
    this.recordNow(found);
  }

  private refill(): void {
    this.units = Math.min(this.units + UNITS_PER_INTERVAL, MAX_UNITS);
    while (this.units > 0 && this.waiting.length > 0) this.recordNow(this.takeFirst());
    if (this.units < MAX_UNITS || this.waiting.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private recordNow(next: Waiting<Item> | undefined): void {
    if (next === undefined) return;
    this.units -= unitsFor(next.bytes);
    this.record(next.item);
  }

  private takeFirst(): Waiting<Item> | undefined {
    const first = this.waiting.shift();
    this.heldBytes -= HELD_FACTOR * (first?.bytes ?? 0);
    return first;
  }
}

function unitsFor(bytes: number): number {
  const rest = Math.max(0, bytes - LARGE_BYTES);
  return 1 + (bytes - rest + rest / FASTER) / UNIT_BYTES;
}
