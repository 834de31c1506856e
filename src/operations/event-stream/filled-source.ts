import { Deadline } from '../../openai/deadline.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';

/**
 * Passes on the frames of another source, and sends a frame of `filler` whenever the reader has waited for `silenceMs`.
 * Its one timer is postponed by every frame. A reader that does not pull gets nothing.
 */
export class FilledSource extends PullSource<Buffer> implements PullSink<Buffer> {
  readonly #silence = new Deadline(() => this.#fill());
  #sink: PullSink<Buffer> | undefined;
  /** A frame has been pulled and has not arrived. */
  #isAwaited = false;
  /** A frame that arrived after a filler frame, before the reader pulled again. */
  #kept: Buffer | undefined;
  #isOver = false;

  constructor(
    private readonly frames: PullSource<Buffer>,
    private readonly silenceMs: number,
    private readonly filler: () => Buffer,
  ) {
    super();
  }

  pull(sink: PullSink<Buffer>): void {
    this.#sink = sink;
    if (this.#kept !== undefined) return this.next(this.#takeKept(this.#kept));
    if (this.#isOver) return this.done();
    this.#silence.set(this.silenceMs);
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    this.frames.pull(this);
  }

  cancel(): void {
    this.#silence.clear();
    this.frames.cancel();
  }

  next(bytes: Buffer): void {
    this.#isAwaited = false;
    const sink = this.#takeSink();
    if (sink === undefined) this.#kept = bytes;
    else sink.next(bytes);
  }

  done(): void {
    this.#isOver = true;
    this.#silence.clear();
    this.#takeSink()?.done();
  }

  /** Frames report failures themselves, so this only ends the stream. */
  error(): void {
    this.done();
  }

  #fill(): void {
    this.#takeSink()?.next(this.filler());
  }

  #takeSink(): PullSink<Buffer> | undefined {
    const sink = this.#sink;
    this.#sink = undefined;
    this.#silence.suspend();
    return sink;
  }

  #takeKept(bytes: Buffer): Buffer {
    this.#kept = undefined;
    return bytes;
  }
}
