import type { Dispatcher } from 'undici';
import { ByteAccumulator } from '../streaming/byte-accumulator.js';
import { type AnswerShare, HeldBytes } from './held-bytes.js';
import { type PullSink, PullSource } from '../streaming/pull-source.js';
import { UpstreamError, unusable } from './upstream.error.js';

/** Unread bytes at which the upstream is no longer read; one read of the socket (64 kB) may come on top. */
const PAUSE_AT_BYTES = 128 * 1024;

/** What a part costs beside its bytes: a server may send each byte as a part of its own. */
const PART_OVERHEAD_BYTES = 128;

/** What may come after the part that was wanted, before it is cheaper to close the connection. */
const MAX_DISCARDED_BYTES = 64 * 1024;
const MAX_DISCARD_MS = 1_000;

const UTF_8 = new TextDecoder();

/** To be answered after the connection has told all it has read: what comes together is read together. */
const SOON = Promise.resolve();

export type BodyConnection = Pick<Dispatcher.DispatchController, 'abort' | 'pause' | 'resume'>;

/** Where the transport puts what comes of a body. */
export interface BodyInput {
  push(bytes: Buffer): void;
  end(): void;
  fail(reason: unknown): void;
}

/**
 * The bytes of one answer as they come, each time everything since the last; at most about 200 kB wait here.
 * One reader, who gets what the body failed or was destroyed with. To cancel it closes the connection.
 */
export class ResponseBody extends PullSource<Buffer[]> implements BodyInput {
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  #ended = false;
  #failure: unknown;
  #reader: PullSink<Buffer[]> | undefined;
  #discarding: NodeJS.Timeout | undefined;

  /** Of what comes while nobody waits for it. */
  #held: HeldBytes | undefined;

  /** @param share counts what waits here, and what `text` collects */
  constructor(
    private readonly connection: BodyConnection,
    private readonly share?: AnswerShare,
  ) {
    super();
  }

  pull(to: PullSink<Buffer[]>): void {
    if (this.#unread.length > 0) to.next(this.#takeUnread());
    else if (this.#failure !== undefined) to.error(this.#failure);
    else if (this.#ended) to.done();
    else this.#reader = to;
  }

  cancel(): void {
    this.#closeForGood();
  }

  /**
   * The whole body as text, without a byte order mark. Its bytes stay `held` for as long as the request lives, or are
   * `released` with the last.
   *
   * @throws UpstreamError `unusable`: more than `maxBytes`; `aborted`: no room for them
   */
  text(maxBytes: number, afterwards: 'held' | 'released' = 'released'): Promise<string> {
    return new Promise((resolve, reject) => {
      const bytes = new ByteAccumulator();
      const held = new HeldBytes(this.share);
      const fail = (error: unknown): void => {
        held.set(0);
        reject(error);
      };
      const take = (read: Buffer[]): void => {
        for (const part of read) bytes.push(part);
        const failure = excessOf(bytes.length, maxBytes) ?? held.set(bytes.length);
        if (failure === undefined) return this.pull(receiver);
        this.destroy(failure);
        fail(failure);
      };
      const end = (): void => {
        if (afterwards === 'released') held.set(0);
        const whole = bytes.concat();
        // what can be let go before the text is made makes room for it
        bytes.clear();
        resolve(UTF_8.decode(whole));
      };
      const receiver: PullSink<Buffer[]> = { next: take, done: end, error: fail };
      this.pull(receiver);
    });
  }

  /** Closes the connection at once; whoever reads gets the reason. */
  destroy(reason: Error): void {
    if (this.#isOver) return;
    this.fail(reason);
    this.#dropUnread();
    this.connection.abort(reason);
  }

  /** What follows is not wanted. A short rest is read away, so that the connection can serve the next call. */
  discard(): void {
    this.#dropUnread();
    if (this.#isOver || this.#discarding !== undefined) return;
    this.#unreadBytes = 0;
    this.#discarding = setTimeout(() => this.#closeForGood(), MAX_DISCARD_MS).unref();
    this.connection.resume();
  }

  /** For the transport. */
  push(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#unreadBytes += bytes.length + PART_OVERHEAD_BYTES;
    if (this.#discarding !== undefined) {
      if (this.#unreadBytes > MAX_DISCARDED_BYTES) this.#closeForGood();
      return;
    }
    this.#unread.push(bytes);
    if (this.#unreadBytes >= PAUSE_AT_BYTES) this.connection.pause();
    if (this.#reader === undefined) this.#holdUnread();
    // the reader who waits for the first part gets all that come with it
    if (this.#unread.length === 1) this.#wake();
  }

  /** For the transport. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#discarding);
    this.#wake();
  }

  /** For the transport. */
  fail(reason: unknown): void {
    if (this.#isOver) return;
    this.#failure = reason;
    clearTimeout(this.#discarding);
    this.#wake();
  }

  get #isOver(): boolean {
    return this.#ended || this.#failure !== undefined;
  }

  #holdUnread(): void {
    this.#held ??= new HeldBytes(this.share);
    const failure = this.#held.set(this.#unreadBytes);
    if (failure !== undefined) this.destroy(failure);
  }

  #dropUnread(): void {
    this.#unread = [];
    this.#held?.set(0);
  }

  #takeUnread(): Buffer[] {
    const unread = this.#unread;
    const isPaused = this.#unreadBytes >= PAUSE_AT_BYTES;
    this.#dropUnread();
    this.#unreadBytes = 0;
    // at once it may push what it holds, and be paused again
    if (isPaused) this.connection.resume();
    return unread;
  }

  #closeForGood(): void {
    this.destroy(new UpstreamError('aborted', 'the rest of the answer was not wanted'));
  }

  #wake(): void {
    if (this.#reader !== undefined) void SOON.then(this.#answer);
  }

  readonly #answer = (): void => {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader !== undefined) this.pull(reader);
  };
}

function excessOf(bytes: number, maxBytes: number): UpstreamError | undefined {
  return bytes > maxBytes ? unusable(`more than ${maxBytes} bytes`) : undefined;
}
