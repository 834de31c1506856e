import { UpstreamError } from './upstream.error.js';

/** Who waits for an answer, and how long. */
export interface CallTerms {
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Milliseconds; the upstream's own timeouts hold where they are shorter. */
  readonly timeoutMs?: number;
  /** The call is over, in whatever way: for a stream after its last chunk. */
  readonly onEnd?: () => void;
}

/** One call's life: one signal that fires with the UpstreamError that ended it, be it the client's leaving or a deadline. */
export class UpstreamCall {
  readonly #controller = new AbortController();
  #deadline: NodeJS.Timeout | undefined;

  constructor(private readonly terms: CallTerms) {
    terms.signal.addEventListener('abort', this.#leave);
    if (terms.signal.aborted) this.#leave();
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

  /** To be called in every case, more than once if need be: lets go of the client's signal and the timer. */
  end(): void {
    this.clearDeadline();
    this.terms.signal.removeEventListener('abort', this.#leave);
    this.terms.onEnd?.();
  }

  readonly #leave = (): void => {
    this.end();
    this.#controller.abort(new UpstreamError('aborted', 'the client left'));
  };
}
