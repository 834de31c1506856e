/** Time for slow clients to start sending. */
const GRACE_MS = 20_000;
/** 10 kB per second. A slower body would keep its place among the active requests for very little data. */
const MIN_BYTES_PER_MS = 10;

/** Calls `onLate` when a body arrives too slowly. Every received byte extends the deadline, up to `maxMs`. */
export class BodyDeadline {
  private readonly startedAt = performance.now();
  private receivedBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly firstCheck: NodeJS.Immediate;

  constructor(
    private readonly maxMs: number,
    private readonly onLate: () => void,
  ) {
    // most bodies arrive in the same turn as their headers and need no timer
    this.firstCheck = setImmediate(() => this.check());
  }

  extend(bytes: number): void {
    this.receivedBytes += bytes;
  }

  clear(): void {
    clearImmediate(this.firstCheck);
    clearTimeout(this.timer);
  }

  private check(): void {
    const allowedMs = Math.min(this.maxMs, GRACE_MS + this.receivedBytes / MIN_BYTES_PER_MS);
    const passedMs = performance.now() - this.startedAt;
    if (passedMs >= allowedMs) return this.onLate();
    this.timer = setTimeout(() => this.check(), Math.ceil(allowedMs - passedMs));
  }
}
