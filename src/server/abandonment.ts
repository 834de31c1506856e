type Listener = () => void;

/**
 * Fires when nobody waits for an answer any more: its client has left before it had the whole, over HTTP/1.1 or
 * HTTP/2, or the process goes and may wait no longer. As much of an AbortSignal as is used: an event target for
 * every request would cost more than all that is asked of it.
 */
export class Abandonment {
  #isFired = false;
  #listeners: Listener[] = [];

  get aborted(): boolean {
    return this.#isFired;
  }

  /** Hears of it once, unless it has happened already. */
  addEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: Listener): void {
    const index = this.#listeners.indexOf(listener);
    if (index !== -1) this.#listeners.splice(index, 1);
  }

  fire(): void {
    if (this.#isFired) return;
    this.#isFired = true;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
