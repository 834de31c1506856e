/** A timer may fire this much too early by the clock of `performance`. */
const TIMER_PRECISION_MS = 1;

/**
 * Calls a function when a time is reached. Each token of a stream may postpone it, so postponing does not replace the
 * timer: when the timer fires too early, it starts again for the rest of the time.
 */
export class Deadline {
  /** In ms, by the clock of `performance`. */
  #atMs = Infinity;
  #firesAtMs = Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly onReached: () => void) {}

  set(ms: number): void {
    this.#atMs = performance.now() + ms;
    if (this.#timer !== undefined && this.#firesAtMs <= this.#atMs) return;
    this.#start(ms);
  }

  /** There is no deadline until the next `set`. */
  suspend(): void {
    this.#atMs = Infinity;
  }

  /** Removes the deadline and stops the timer. */
  clear(): void {
    this.suspend();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #start(ms: number): void {
    clearTimeout(this.#timer);
    this.#firesAtMs = performance.now() + ms;
    // the connection keeps the process alive, so the timer need not
    this.#timer = setTimeout(this.#check, ms).unref();
  }

  readonly #check = (): void => {
    this.#timer = undefined;
    const leftMs = this.#atMs - performance.now();
    if (leftMs <= TIMER_PRECISION_MS) this.onReached();
    else if (leftMs !== Infinity) this.#start(Math.ceil(leftMs));
  };
}
