import type { ChatCompletionAnswer } from './chat-completion.js';
import { ChunkParser } from './chunk-parser.js';
import { hasContent } from './completion.js';
import { HeldBytes } from './held-bytes.js';
import type { ResponseBody } from './response-body.js';
import { type PullSink, PullSource } from '../streaming/pull-source.js';
import type { UpstreamCall } from './upstream-call.js';
import { UpstreamError, unusable } from './upstream.error.js';

/** How long usage and `[DONE]` may follow the finish: an answer that is whole does not fail for want of them. */
const MAX_USAGE_WAIT_MS = 5_000;

type Batch = readonly ChatCompletionAnswer[];

/**
 * The body of a streamed answer → its chunks: one batch, never empty, for each read of the connection that
 * brought some. The connection is given back after `[DONE]`, and closed when the reader stops before it.
 * Silence of the reader is not counted as silence of the server.
 *
 * It fails with an UpstreamError, after the chunks that came before it. After a finish_reason it does not fail but
 * ends: whatever the server does then, the answer is whole.
 */
export class ChunkStream extends PullSource<Batch> {
  readonly #parser = new ChunkParser();
  readonly #parts: PullSink<Buffer[]> = {
    next: (parts) => this.#take(parts),
    done: () => this.#pass(this.#parser.end()),
    error: (error) => this.#fail(error),
  };
  readonly #idleMessage: string;
  /** Until the reader asks for more it has not done with the batch before, of which it may hold much. */
  readonly #held: HeldBytes;
  #to: PullSink<Batch> | undefined;
  #hasChunks = false;
  #hasContent = false;
  #isOver = false;

  constructor(
    private readonly body: ResponseBody,
    private readonly call: UpstreamCall,
    private readonly idleTimeoutMs: number,
  ) {
    super();
    this.#idleMessage = idleMessage(idleTimeoutMs);
    this.#held = new HeldBytes(call.share);
  }

  pull(to: PullSink<Batch>): void {
    this.#to = to;
    if (!this.#isOver) {
      this.#held.set(this.#parser.heldBytes);
      this.#expectChunk();
    }
    this.#read();
  }

  cancel(): void {
    this.#close(new UpstreamError('aborted', 'the rest of the stream was not wanted'));
  }

  #read(): void {
    if (this.#isOver) this.#to?.done();
    else if (this.#parser.failure !== undefined) this.#fail(this.#parser.failure);
    else if (!this.#parser.isDone) this.body.pull(this.#parts);
    else if (this.#hasChunks) this.#end();
    else this.#fail(unusable('an empty stream'));
  }

  #take(parts: readonly Buffer[]): void {
    this.call.transcript?.received(parts);
    const batch = this.#parser.push(parts);
    const failure = this.#held.growTo(this.#parser.heldBytes + sizeOf(parts));
    if (failure === undefined) this.#pass(batch);
    else this.#fail(failure);
  }

  #pass(batch: Batch): void {
    if (batch.length === 0) return this.#read();
    this.#hasChunks = true;
    this.#hasContent ||= batch.some(hasContent);
    if (this.#hasContent) this.call.suspendDeadline();
    if (this.#parser.isDone) this.body.discard();
    this.#to?.next(batch);
  }

  /** Until there is content, the deadline stands that was set with the call. */
  #expectChunk(): void {
    if (!this.#hasContent) return;
    const ms = this.#parser.isFinished ? Math.min(MAX_USAGE_WAIT_MS, this.idleTimeoutMs) : this.idleTimeoutMs;
    this.call.setDeadline(ms, ms === this.idleTimeoutMs ? this.#idleMessage : idleMessage(ms));
  }

  #end(): void {
    this.#isOver = true;
    this.call.end();
    this.#held.set(0);
    this.body.discard();
    this.#to?.done();
  }

  #fail(error: unknown): void {
    this.#close(error instanceof Error ? error : new Error('the stream failed', { cause: error }));
    const isUnwanted = error instanceof UpstreamError && error.failure === 'aborted';
    if (this.#parser.isFinished && !isUnwanted) this.#to?.done();
    else this.#to?.error(error);
  }

  #close(reason: Error): void {
    this.#isOver = true;
    this.call.end();
    this.#held.set(0);
    this.body.destroy(reason);
  }
}

function sizeOf(parts: readonly Buffer[]): number {
  let bytes = 0;
  for (const part of parts) bytes += part.length;
  return bytes;
}

function idleMessage(ms: number): string {
  return `no chunk of the stream for ${ms} ms`;
}
