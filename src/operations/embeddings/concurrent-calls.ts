import type { CallOptions } from '../../openai/upstream-call.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { Cancellation } from '../../streaming/cancellation.js';
import { JoinedTranscript } from './joined-transcript.js';

const MAX_AT_ONCE = 4;

type Send<Call, Answer> = (call: Call, options: CallOptions) => Promise<Answer>;

/**
 * Sends the calls of one request, at most four at once → the answers in the order of the calls. The first failure aborts
 * the calls that are under way, and is thrown when they have ended: a part of the answers is no answer.
 */
export async function sendAll<Call, Answer>(
  calls: readonly Call[],
  options: CallOptions,
  send: Send<Call, Answer>,
): Promise<Answer[]> {
  const run = new ConcurrentCalls(calls, options, send);
  try {
    return await run.answers();
  } finally {
    run.end();
    options.onEnd?.();
  }
}

class ConcurrentCalls<Call, Answer> {
  readonly #cancellation = new Cancellation();
  readonly #answers: Answer[] = [];
  readonly #transcript: JoinedTranscript | undefined;
  readonly #deadlineMs: number;
  #next = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly calls: readonly Call[],
    private readonly options: CallOptions,
    private readonly send: Send<Call, Answer>,
  ) {
    const { cancellation, transcript, timeoutMs = Infinity } = options;
    this.#deadlineMs = performance.now() + timeoutMs;
    this.#transcript = transcript && new JoinedTranscript(transcript);
    cancellation.onCancel(this.#cancel);
    if (cancellation.reason !== undefined) this.#cancel(cancellation.reason);
  }

  async answers(): Promise<Answer[]> {
    const senders = Math.min(MAX_AT_ONCE, this.calls.length);
    await Promise.all(Array.from({ length: senders }, () => this.#sendNext()));
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#answers;
  }

  end(): void {
    this.#transcript?.end();
    this.options.cancellation.offCancel(this.#cancel);
  }

  /** Sends calls one after the other until none is left. */
  async #sendNext(): Promise<void> {
    while (this.#next < this.calls.length && this.#failure === undefined) {
      const index = this.#next;
      this.#next += 1;
      const call = this.calls[index];
      if (call === undefined) return;
      try {
        this.#answers[index] = await this.send(call, this.#optionsOf(index));
      } catch (error) {
        this.#fail(error);
      }
    }
  }

  /** The other calls fail too when they are aborted, which says nothing. */
  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.#cancellation.cancel(new UpstreamError('aborted', 'another call of the request has failed'));
  }

  #optionsOf(index: number): CallOptions {
    const { headers, share } = this.options;
    return {
      headers,
      share,
      cancellation: this.#cancellation,
      timeoutMs: Math.max(1, Math.ceil(this.#deadlineMs - performance.now())),
      transcript: this.#transcript?.of(index),
    };
  }

  readonly #cancel = (reason: Error): void => this.#cancellation.cancel(reason);
}
