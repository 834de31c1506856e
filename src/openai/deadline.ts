/** A timer may fire this much before the clock of `performance` says so. */
const TIMER_PRECISION_MS = 1;

/**
 * When something must be over. It can be put off with every token of a stream: the timer stays the one that
 * runs, and looks when it fires whether there is still time.
 */
export class Deadline {
  /** On the clock of `performance`. */
  #atMs = Infinity;
  #firesAtMs = Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly onReached: () => void) {}

  set(ms: number): void {
    this.#atMs = performance.now() + ms;
    if (this.#timer !== undefined && this.#firesAtMs <= this.#atMs) return;
    this.#start(ms);
  }

  /** For now there is none. */
  suspend(): void {
    this.#atMs = Infinity;
  }

  /** There will be none. */
  clear(): void {
    this.suspend();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #start(ms: number): void {
    clearTimeout(this.#timer);
    this.#firesAtMs = performance.now() + ms;
    // what is waited for keeps the process alive; a deadline alone need not
    this.#timer = setTimeout(this.#look, ms).unref();
  }

  readonly #look = (): void => {
    this.#timer = undefined;
    const leftMs = this.#atMs - performance.now();
    if (leftMs <= TIMER_PRECISION_MS) this.onReached();
    else if (leftMs !== Infinity) this.#start(Math.ceil(leftMs));
  };
}
