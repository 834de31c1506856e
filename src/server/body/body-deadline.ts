/** For whoever needs a moment to begin. */
const GRACE_MS = 20_000;
/** 10 kB a second: less would hold a place among the requests in flight for next to nothing. */
const MIN_BYTES_PER_MS = 10;

/** Until when a body must have come: the more of it is there, the later, up to a limit. */
export class BodyDeadline {
  private readonly startedAt = performance.now();
  private receivedBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly beginning: NodeJS.Immediate;

  constructor(
    private readonly maxMs: number,
    private readonly onLate: () => void,
  ) {
    // most bodies come whole in the turn of their headers: for those a timer would be set and cleared for nothing
    this.beginning = setImmediate(() => this.look());
  }

  extend(bytes: number): void {
    this.receivedBytes += bytes;
  }

  clear(): void {
    clearImmediate(this.beginning);
    clearTimeout(this.timer);
  }

  private look(): void {
    const allowedMs = Math.min(this.maxMs, GRACE_MS + this.receivedBytes / MIN_BYTES_PER_MS);
    const passedMs = performance.now() - this.startedAt;
    if (passedMs >= allowedMs) return this.onLate();
    this.timer = setTimeout(() => this.look(), Math.ceil(allowedMs - passedMs));
  }
}
