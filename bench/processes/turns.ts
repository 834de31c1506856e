const MICROS_PER_MS = 1_000;

/**
 * Measures the turns of this process's event loop in CPU time of its thread, which stands still while other programs have
 * the CPU.
 */
export class Turns {
  #isMeasuring = false;
  #longestMs = 0;
  #beganAt = 0;

  start(): void {
    this.#isMeasuring = true;
    this.#longestMs = 0;
    this.#beganAt = cpuTimeMs();
    setImmediate(this.#look);
  }

  /** Ends the measurement. → the longest turn in ms */
  stop(): number {
    this.#isMeasuring = false;
    return this.#longestMs;
  }

  readonly #look = (): void => {
    if (!this.#isMeasuring) return;
    const now = cpuTimeMs();
    this.#longestMs = Math.max(this.#longestMs, now - this.#beganAt);
    this.#beganAt = now;
    setImmediate(this.#look);
  };
}

function cpuTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROS_PER_MS;
}
