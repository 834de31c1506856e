/** Time since a request came in. */
export class Stopwatch {
  private readonly startedAt = performance.now();

  /** Whole milliseconds, at least 1: Bedrock's `latencyMs`. */
  elapsedMs(): number {
    return Math.max(1, Math.round(performance.now() - this.startedAt));
  }
}
