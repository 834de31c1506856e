import { UpstreamError } from './upstream.error.js';

/** One call's life: one signal that fires with the UpstreamError that ended it, be it the client's leaving or a deadline. */
export class UpstreamCall {
  readonly #controller = new AbortController();
  #deadline: NodeJS.Timeout | undefined;

  /** `client` fires when nobody waits for the answer any more. */
  constructor(private readonly client: AbortSignal) {
    client.addEventListener('abort', this.#leave);
    if (client.aborted) this.#leave();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** In place of the deadline that was set before. */
  setDeadline(ms: number, message: string): void {
    this.clearDeadline();
    if (this.signal.aborted) return;
    const end = (): void => this.#controller.abort(new UpstreamError('timeout', message));
    // The connection keeps the process alive; a deadline alone need not.
    this.#deadline = setTimeout(end, ms).unref();
  }

  clearDeadline(): void {
    clearTimeout(this.#deadline);
  }

  /** To be called in every case: lets go of the client's signal and the timer. */
  end(): void {
    this.clearDeadline();
    this.client.removeEventListener('abort', this.#leave);
  }

  readonly #leave = (): void => {
    this.end();
    this.#controller.abort(new UpstreamError('aborted', 'the client left'));
  };
}
