import { Stop } from './stop.js';
import { UpstreamError } from './upstream.error.js';

/** Who waits for an answer, and how long. */
export interface CallTerms {
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Milliseconds; the upstream's own timeouts hold where they are shorter. */
  readonly timeoutMs?: number;
  /** Beside those that every call has: names and values in turn. */
  readonly headers?: readonly string[];
  /** The call is over, in whatever way: for a stream after its last chunk. */
  readonly onEnd?: () => void;
}

/** One call's life: it stops with the UpstreamError that ended it, be it the client's leaving or a deadline. */
export class UpstreamCall {
  readonly stop = new Stop();
  #deadline: NodeJS.Timeout | undefined;

  constructor(private readonly terms: CallTerms) {
    terms.signal.addEventListener('abort', this.#leave);
    if (terms.signal.aborted) this.#leave();
  }

  get headers(): readonly string[] {
    return this.terms.headers ?? [];
  }

  /** In place of the deadline that was set before. */
  setDeadline(ms: number, message: string): void {
    this.clearDeadline();
    if (this.stop.reason !== undefined) return;
    const end = (): void => this.stop.now(new UpstreamError('timeout', message));
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
    this.stop.now(new UpstreamError('aborted', 'the client left'));
  };
}
