import type { ChatCompletionAnswer } from './chat-completion.js';
import { ChunkParser } from './chunk-parser.js';
import { hasContent, isFinished } from './completion.js';
import type { ResponseBody } from './response-body.js';
import type { UpstreamCall } from './upstream-call.js';
import { UpstreamError } from './upstream.error.js';

/** How long usage and `[DONE]` may follow the finish: an answer that is whole does not fail for want of them. */
const MAX_USAGE_WAIT_MS = 5_000;

type Batch = readonly ChatCompletionAnswer[];

const END = { value: undefined, done: true } as const;

/**
 * The body of a streamed answer → its chunks: one batch, never empty, for each read of the connection that
 * brought some. The connection is given back after `[DONE]`, and closed when the reader stops before it.
 * Silence of the reader is not counted as silence of the server.
 *
 * @throws UpstreamError from `next()`, after the chunks that came before it
 */
export class ChunkStream implements AsyncIterableIterator<Batch> {
  readonly #parser = new ChunkParser();
  #hasChunks = false;
  #hasContent = false;
  #isFinished = false;
  #isOver = false;

  constructor(
    private readonly body: ResponseBody,
    private readonly call: UpstreamCall,
    private readonly idleTimeoutMs: number,
  ) {}

  async next(): Promise<IteratorResult<Batch, undefined>> {
    if (this.#isOver) return END;
    try {
      const batch = await this.#nextBatch();
      if (batch !== undefined) return { value: batch, done: false };
      this.#release();
    } catch (error) {
      this.#fail(error);
    }
    return END;
  }

  async return(): Promise<IteratorResult<Batch, undefined>> {
    this.#close(new UpstreamError('aborted', 'the rest of the stream was not wanted'));
    return END;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #nextBatch(): Promise<Batch | undefined> {
    this.#expectChunk();
    while (!this.#parser.isDone) {
      if (this.#parser.failure !== undefined) throw this.#parser.failure;
      const parts = await this.body.read();
      const batch = parts === undefined ? this.#parser.end() : this.#parser.push(parts);
      if (batch.length > 0) return this.#deliver(batch);
      if (parts === undefined) break;
    }
    if (this.#parser.failure !== undefined) throw this.#parser.failure;
    if (!this.#hasChunks) throw new UpstreamError('unusable', 'an empty stream');
    return undefined;
  }

  /** Until there is content, the deadline stands that was set with the call. */
  #expectChunk(): void {
    if (!this.#hasContent) return;
    const ms = this.#isFinished ? Math.min(MAX_USAGE_WAIT_MS, this.idleTimeoutMs) : this.idleTimeoutMs;
    this.call.setDeadline(ms, `no chunk of the stream for ${ms} ms`);
  }

  #deliver(batch: Batch): Batch {
    this.#hasChunks = true;
    this.#hasContent ||= batch.some(hasContent);
    this.#isFinished ||= batch.some(isFinished);
    if (this.#hasContent) this.call.clearDeadline();
    if (this.#parser.isDone) this.body.discard();
    return batch;
  }

  #fail(error: unknown): void {
    this.#close(error instanceof Error ? error : new Error('the stream failed', { cause: error }));
    const isLate =
      error instanceof UpstreamError && (error.failure === 'timeout' || error.failure === 'reset');
    if (!(isLate && this.#isFinished)) throw error;
  }

  #release(): void {
    this.#isOver = true;
    this.call.end();
    this.body.discard();
  }

  #close(reason: Error): void {
    this.#isOver = true;
    this.call.end();
    this.body.destroy(reason);
  }
}
