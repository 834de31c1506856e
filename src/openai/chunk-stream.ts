import type { ChatCompletionAnswer } from './chat-completion.js';
import { ChunkParser } from './chunk-parser.js';
import { hasContent } from './completion.js';
import { HeldBytes } from './held-bytes.js';
import type { ResponseBody } from './response-body.js';
import { type PullSink, PullSource } from '../streaming/pull-source.js';
import type { UpstreamCall } from './upstream-call.js';
import { UpstreamError, unusable } from './upstream.error.js';

/** How long to wait for usage and `[DONE]` after the finish_reason. Without them the answer is still complete. */
const MAX_USAGE_WAIT_MS = 5_000;

type Batch = readonly ChatCompletionAnswer[];

/**
 * The body of a streamed answer → its chunks. Each read of the connection gives one batch of chunks, unless it completed
 * none. After `[DONE]` the connection is reused; if the stream is cancelled before, it is closed. The idle timeout runs
 * only while a batch is awaited, so a slow reader does not cause one.
 *
 * A failure is an UpstreamError, after the chunks that came before it. After a finish_reason there are no failures: the
 * stream ends instead, because the answer is complete.
 */
export class ChunkStream extends PullSource<Batch> {
  readonly #parser: ChunkParser;
  readonly #parts: PullSink<Buffer[]> = {
    next: (parts) => this.#take(parts),
    done: () => this.#pass(this.#parser.end()),
    error: (error) => this.#fail(error),
  };
  readonly #idleMessage: string;
  /** Counts a batch until the next one is pulled, because the reader may keep it until then. */
  readonly #held: HeldBytes;
  #sink: PullSink<Batch> | undefined;
  #hasChunks = false;
  #hasContent = false;
  #isOver = false;

  constructor(
    private readonly body: ResponseBody,
    private readonly call: UpstreamCall,
    private readonly idleTimeoutMs: number,
    parser = new ChunkParser(),
  ) {
    super();
    this.#parser = parser;
    this.#idleMessage = idleMessage(idleTimeoutMs);
    this.#held = new HeldBytes(call.share);
  }

  pull(sink: PullSink<Batch>): void {
    this.#sink = sink;
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
    if (this.#isOver) this.#sink?.done();
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
    this.#sink?.next(batch);
  }

  /** Before the first content the deadline of the call itself applies. */
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
    this.#sink?.done();
  }

  #fail(error: unknown): void {
    this.#close(error instanceof Error ? error : new Error('the stream failed', { cause: error }));
    const isAborted = error instanceof UpstreamError && error.failure === 'aborted';
    if (this.#parser.isFinished && !isAborted) this.#sink?.done();
    else this.#sink?.error(error);
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
