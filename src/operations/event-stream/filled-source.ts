import { Deadline } from '../../openai/deadline.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';

/**
 * The frames of another source, and one of `filler` whenever the reader has waited for `silenceMs`. It has one timer,
 * which is put off with every frame. A reader that does not ask gets nothing.
 */
export class FilledSource extends PullSource<Buffer> implements PullSink<Buffer> {
  readonly #silence = new Deadline(() => this.#fill());
  #to: PullSink<Buffer> | undefined;
  /** Asked for, and not there yet. */
  #isAwaited = false;
  /** Came before the reader asked again after a frame of the filler. */
  #kept: Buffer | undefined;
  #isOver = false;

  constructor(
    private readonly frames: PullSource<Buffer>,
    private readonly silenceMs: number,
    private readonly filler: () => Buffer,
  ) {
    super();
  }

  pull(to: PullSink<Buffer>): void {
    this.#to = to;
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
    const to = this.#takeReader();
    if (to === undefined) this.#kept = bytes;
    else to.next(bytes);
  }

  done(): void {
    this.#isOver = true;
    this.#silence.clear();
    this.#takeReader()?.done();
  }

  /** Frames tell of a failure themselves. */
  error(): void {
    this.done();
  }

  #fill(): void {
    this.#takeReader()?.next(this.filler());
  }

  #takeReader(): PullSink<Buffer> | undefined {
    const to = this.#to;
    this.#to = undefined;
    this.#silence.suspend();
    return to;
  }

  #takeKept(bytes: Buffer): Buffer {
    this.#kept = undefined;
    return bytes;
  }
}
