type Listener = (reason: Error) => void;

/**
 * Whether something under way is to end, and why. What an AbortController does, for one listener at a time: an
 * event target for every call would cost more than the call's own bookkeeping.
 */
export class Stop {
  #reason: Error | undefined;
  #listener: Listener | undefined;
  #controller: AbortController | undefined;

  /** Undefined as long as it goes on. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  /** For code of others that wants a signal. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  /** The first reason counts. */
  now(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#listener?.(reason);
  }

  /** Who hears of it from now on, in place of who did before; at most once. */
  listen(listener: Listener | undefined): void {
    this.#listener = listener;
  }

  throwIfStopped(): void {
    if (this.#reason !== undefined) throw this.#reason;
  }
}
