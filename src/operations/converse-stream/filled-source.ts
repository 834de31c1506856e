import { Deadline } from '../../openai/deadline.js';
import { type Receiver, Source } from '../../openai/source.js';

/**
 * The frames of another source, and one of `filler` whenever the reader has waited for `silenceMs`. It has one timer,
 * which is put off with every frame. A reader that does not ask gets nothing.
 */
export class FilledSource extends Source<Buffer> implements Receiver<Buffer> {
  readonly #silence = new Deadline(() => this.#fill());
  #to: Receiver<Buffer> | undefined;
  /** Asked for, and not there yet. */
  #isAwaited = false;
  /** Came before the reader asked again after a frame of the filler. */
  #kept: Buffer | undefined;
  #isOver = false;

  constructor(
    private readonly frames: Source<Buffer>,
    private readonly silenceMs: number,
    private readonly filler: () => Buffer,
  ) {
    super();
  }

  pull(to: Receiver<Buffer>): void {
    this.#to = to;
    if (this.#kept !== undefined) return this.value(this.#takeKept(this.#kept));
    if (this.#isOver) return this.end();
    this.#silence.set(this.silenceMs);
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    this.frames.pull(this);
  }

  cancel(): void {
    this.#silence.clear();
    this.frames.cancel();
  }

  value(bytes: Buffer): void {
    this.#isAwaited = false;
    const to = this.#takeReader();
    if (to === undefined) this.#kept = bytes;
    else to.value(bytes);
  }

  end(): void {
    this.#isOver = true;
    this.#silence.clear();
    this.#takeReader()?.end();
  }

  /** Frames tell of a failure themselves. */
  fail(): void {
    this.end();
  }

  #fill(): void {
    this.#takeReader()?.value(this.filler());
  }

  #takeReader(): Receiver<Buffer> | undefined {
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
