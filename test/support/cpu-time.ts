const MICROS_PER_MS = 1_000;

/** What this thread has computed so far, in ms. Unlike a clock it stands still while other processes have the CPU. */
export function cpuTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROS_PER_MS;
}

/** The longest turn of the event loop, by what is computed in it. */
export class LongestTurn {
  #maxMs = 0;
  #beganAt = cpuTimeMs();
  #isOver = false;

  constructor() {
    setImmediate(this.#look);
  }

  /** Ends the measurement. */
  endMs(): number {
    this.#isOver = true;
    return this.#maxMs;
  }

  readonly #look = (): void => {
    if (this.#isOver) return;
    const now = cpuTimeMs();
    this.#maxMs = Math.max(this.#maxMs, now - this.#beganAt);
    this.#beganAt = now;
    setImmediate(this.#look);
  };
}
