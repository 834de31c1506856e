import { Cancellation } from '../streaming/cancellation.js';
import { Deadline } from './deadline.js';
import type { AnswerShare } from './held-bytes.js';
import { UpstreamError } from './upstream.error.js';

/** Records the bodies of a call. */
export interface Transcript {
  /** The body of the request. A repeated request replaces the body, and what was received of its answer. */
  sent(body: string | Buffer): void;
  /** The whole answer, or its next part. */
  received(part: string | readonly Buffer[]): void;
}

export interface CallOptions {
  /** Cancelled when nobody waits for the answer any more. */
  readonly cancellation: Cancellation;
  /** Milliseconds; the upstream's own timeouts apply where they are shorter. */
  readonly timeoutMs?: number;
  /** Sent beside the headers that every call has: names and values in turn. */
  readonly headers?: readonly string[];
  /**
   * Counts the bytes of the answer that are in memory; nothing counts them if it is absent. The bytes that `complete`
   * returns stay counted.
   */
  readonly share?: AnswerShare;
  /** Called when the call is over, however it ended; for a stream after its last chunk. */
  readonly onEnd?: () => void;
  /** Gets the bodies of the request and the answer. */
  readonly transcript?: Transcript;
}

/** The lifetime of one call: it is cancelled, with an UpstreamError, when its client leaves or its deadline passes. */
export class UpstreamCall {
  readonly cancellation = new Cancellation();
  readonly #deadline = new Deadline(() =>
    this.cancellation.cancel(new UpstreamError('timeout', this.#timeoutMessage)),
  );
  #timeoutMessage = '';

  constructor(private readonly options: CallOptions) {
    options.cancellation.onCancel(this.#cancelForClient);
    if (options.cancellation.isCancelled) this.#cancelForClient();
  }

  get headers(): readonly string[] {
    return this.options.headers ?? [];
  }

  get share(): AnswerShare | undefined {
    return this.options.share;
  }

  get transcript(): Transcript | undefined {
    return this.options.transcript;
  }

  /** Replaces the deadline that was set before. */
  setDeadline(ms: number, message: string): void {
    if (this.cancellation.isCancelled) return;
    this.#timeoutMessage = message;
    this.#deadline.set(ms);
  }

  /** The call has no deadline until the next one is set. */
  suspendDeadline(): void {
    this.#deadline.suspend();
  }

  /** Stops the timer and stops listening to the client's cancellation. Every call must end; it may end twice. */
  end(): void {
    this.#deadline.clear();
    this.options.cancellation.offCancel(this.#cancelForClient);
    this.options.onEnd?.();
  }

  readonly #cancelForClient = (): void => {
    this.end();
    this.cancellation.cancel(new UpstreamError('aborted', 'the client left'));
  };
}
