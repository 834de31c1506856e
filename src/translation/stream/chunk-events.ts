import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import type { HeldBytes } from '../../openai/held-bytes.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';

type Batch = readonly ChatCompletionAnswer[];

/** Turns the chunks of one stream into events. */
export interface ChunkReader<Event> {
  /** Memory held by content that no event carries yet. */
  readonly keptBytes: number;
  /** @throws UpstreamError when the model failed */
  read(chunk: ChatCompletionAnswer): void;
  /**
   * The upstream's stream has ended. `latencyMs` is in milliseconds.
   * @throws UpstreamError when the answer is not complete
   */
  end(latencyMs: number): void;
  /** The events produced since the last call. */
  take(): Event[];
}

/** Batches of chunks → batches of events. */
export class ChunkEvents<Event> extends PullSource<Event[]> implements PullSink<Batch> {
  #to: PullSink<Event[]> | undefined;
  #failure: { error: unknown } | undefined;
  #isOver = false;

  constructor(
    private readonly batches: PullSource<Batch>,
    private readonly answer: ChunkReader<Event>,
    private readonly elapsedMs: () => number,
    private readonly held: HeldBytes,
  ) {
    super();
  }

  pull(to: PullSink<Event[]>): void {
    this.#to = to;
    if (this.#isOver) return to.done();
    if (this.#failure === undefined) return this.batches.pull(this);
    this.cancel();
    to.error(this.#failure.error);
  }

  cancel(): void {
    this.#isOver = true;
    this.held.set(0);
    this.batches.cancel();
  }

  next(batch: Batch): void {
    // events of earlier chunks in a failing batch are still sent, so that the split into batches makes no difference
    try {
      for (const chunk of batch) this.answer.read(chunk);
    } catch (error) {
      this.#failure = { error };
    }
    const noRoom = this.held.set(this.answer.keptBytes);
    if (noRoom !== undefined) this.#failure ??= { error: noRoom };
    const events = this.answer.take();
    if (this.#to === undefined) return;
    if (events.length > 0) this.#to.next(events);
    else this.pull(this.#to);
  }

  done(): void {
    this.#isOver = true;
    this.held.set(0);
    try {
      this.answer.end(this.elapsedMs());
    } catch (error) {
      return this.#to?.error(error);
    }
    this.#to?.next(this.answer.take());
  }

  error(error: unknown): void {
    this.#isOver = true;
    this.held.set(0);
    this.#to?.error(error);
  }
}
