/** Measures the time since its construction. */
export class Stopwatch {
  private readonly startedAt = performance.now();

  /** Whole milliseconds, at least 1, as Bedrock's `latencyMs`. */
  elapsedMs(): number {
    return Math.max(1, Math.round(performance.now() - this.startedAt));
  }
}
