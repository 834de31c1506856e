import type { AnswerShare } from './held-bytes.js';
import { Deadline } from './deadline.js';
import { Stop } from './stop.js';
import type { Transcript } from './transcript.js';
import { UpstreamError } from './upstream.error.js';

/** As much of an AbortSignal as is asked of it. */
type AbortListening = Pick<AbortSignal, 'aborted'> & {
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

/** Who waits for an answer, and how long. */
export interface CallOptions {
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortListening;
  /** Milliseconds; the upstream's own timeouts hold where they are shorter. */
  readonly timeoutMs?: number;
  /** Beside those that every call has: names and values in turn. */
  readonly headers?: readonly string[];
  /** Where what is held of the answer is counted; what `complete` gives stays counted. Absent: nowhere. */
  readonly share?: AnswerShare;
  /** The call is over, in whatever way: for a stream after its last chunk. */
  readonly onEnd?: () => void;
  /** Where it is to be written down. */
  readonly transcript?: Transcript;
}

/** One call's life: it stops with the UpstreamError that ended it, be it the client's leaving or a deadline. */
export class UpstreamCall {
  readonly stop = new Stop();
  readonly #deadline = new Deadline(() =>
    this.stop.now(new UpstreamError('timeout', this.#whatDidNotHappen)),
  );
  #whatDidNotHappen = '';

  constructor(private readonly terms: CallOptions) {
    terms.signal.addEventListener('abort', this.#leave);
    if (terms.signal.aborted) this.#leave();
  }

  get headers(): readonly string[] {
    return this.terms.headers ?? [];
  }

  get share(): AnswerShare | undefined {
    return this.terms.share;
  }

  get transcript(): Transcript | undefined {
    return this.terms.transcript;
  }

  /** In place of the deadline that was set before. */
  setDeadline(ms: number, message: string): void {
    if (this.stop.reason !== undefined) return;
    this.#whatDidNotHappen = message;
    this.#deadline.set(ms);
  }

  /** Until the next is set, there is none. */
  suspendDeadline(): void {
    this.#deadline.suspend();
  }

  /** To be called in every case, more than once if need be: lets go of the client's signal and the timer. */
  end(): void {
    this.#deadline.clear();
    this.terms.signal.removeEventListener('abort', this.#leave);
    this.terms.onEnd?.();
  }

  readonly #leave = (): void => {
    this.end();
    this.stop.now(new UpstreamError('aborted', 'the client left'));
  };
}
