import type { Dispatcher } from 'undici';
import { type AnswerShare, HeldBytes } from './held-bytes.js';
import { type PullSink, PullSource } from '../streaming/pull-source.js';
import { UpstreamError } from './upstream.error.js';
import { asTheyCame, collectBody, decodeUtf8, type Afterwards } from './whole-body.js';

/** The connection is paused at this many unread bytes. One read of the socket (64 kB) may still follow. */
const PAUSE_AT_BYTES = 128 * 1024;

/** The memory of a part beside its bytes, which counts because a server may send each byte as a part of its own. */
const PART_OVERHEAD_BYTES = 128;

/** To read a longer rest of an unwanted answer costs more than a new connection. */
const MAX_DISCARDED_BYTES = 64 * 1024;
const MAX_DISCARD_MS = 1_000;

/** Postpones a wake-up until the connection has pushed all that it has read, so that it becomes one batch. */
const RESOLVED = Promise.resolve();

export type BodyConnection = Pick<Dispatcher.DispatchController, 'abort' | 'pause' | 'resume'>;

/** Takes the events of a body from the transport. */
export interface BodyInput {
  push(bytes: Buffer): void;
  end(): void;
  fail(reason: unknown): void;
}

/**
 * The bytes of one answer. Each pull gives all parts that have come since the last one; at most about 200 kB wait.
 * It has one reader, which gets the error that the body failed or was destroyed with. `cancel` closes the connection.
 */
export class ResponseBody extends PullSource<Buffer[]> implements BodyInput {
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  #ended = false;
  #failure: unknown;
  #sink: PullSink<Buffer[]> | undefined;
  #discarding: NodeJS.Timeout | undefined;

  /** Counts the bytes that come while no reader waits. */
  #held: HeldBytes | undefined;

  /** @param share counts the bytes that wait here, and those that `text` collects */
  constructor(
    private readonly connection: BodyConnection,
    readonly share?: AnswerShare,
  ) {
    super();
  }

  pull(sink: PullSink<Buffer[]>): void {
    if (this.#unread.length > 0) sink.next(this.#takeUnread());
    else if (this.#failure !== undefined) sink.error(this.#failure);
    else if (this.#ended) sink.done();
    else this.#sink = sink;
  }

  cancel(): void {
    this.#closeForGood();
  }

  /**
   * The whole body as text, without a byte order mark. Afterwards its bytes stay counted until the request ends (`held`),
   * or are released at once (`released`).
   *
   * @throws UpstreamError `unusable`: more than `maxBytes`; `aborted`: no room for them
   */
  text(maxBytes: number, afterwards: Afterwards = 'released'): Promise<string> {
    return collectBody(this, maxBytes, afterwards, decodeUtf8);
  }

  /** As `text`, but the bytes as they came, in parts. */
  bytes(maxBytes: number, afterwards: Afterwards = 'released'): Promise<readonly Buffer[]> {
    return collectBody(this, maxBytes, afterwards, asTheyCame);
  }

  /** Closes the connection at once. The reader gets the reason. */
  destroy(reason: Error): void {
    if (this.#isOver) return;
    this.fail(reason);
    this.#dropUnread();
    this.connection.abort(reason);
  }

  /** Ignores the rest of the body. A short rest is read, so that the connection can be reused. */
  discard(): void {
    this.#dropUnread();
    if (this.#isOver || this.#discarding !== undefined) return;
    this.#unreadBytes = 0;
    this.#discarding = setTimeout(() => this.#closeForGood(), MAX_DISCARD_MS).unref();
    this.connection.resume();
  }

  push(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#unreadBytes += bytes.length + PART_OVERHEAD_BYTES;
    if (this.#discarding !== undefined) {
      if (this.#unreadBytes > MAX_DISCARDED_BYTES) this.#closeForGood();
      return;
    }
    this.#unread.push(bytes);
    if (this.#unreadBytes >= PAUSE_AT_BYTES) this.connection.pause();
    if (this.#sink === undefined) this.#holdUnread();
    // a waiting reader also gets the parts that follow the first one in the same turn
    if (this.#unread.length === 1) this.#wake();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#discarding);
    this.#wake();
  }

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
    // `resume` may push parts synchronously, and so pause again
    if (isPaused) this.connection.resume();
    return unread;
  }

  #closeForGood(): void {
    this.destroy(new UpstreamError('aborted', 'the rest of the answer was not wanted'));
  }

  #wake(): void {
    if (this.#sink !== undefined) void RESOLVED.then(this.#answer);
  }

  readonly #answer = (): void => {
    const sink = this.#sink;
    this.#sink = undefined;
    if (sink !== undefined) this.pull(sink);
  };
}
