/** Receives what a source was asked for. Its methods must not throw. */
export interface PullSink<Value> {
  next(value: Value): void;
  done(): void;
  error(error: unknown): void;
}

/**
 * A pull stream: the reader asks for one value at a time and is told by a plain call, at once or later. It can also be
 * read with `for await`. One token of a model passes several such stages, where a promise or two at each would cost
 * more than the stages themselves.
 */
export abstract class PullSource<Value> implements AsyncIterable<Value, undefined> {
  /** Exactly one call of the sink answers each pull. The next pull must wait for it. */
  abstract pull(to: PullSink<Value>): void;

  /** The reader wants no further values: releases what the source holds. */
  abstract cancel(): void;

  static from<Value>(values: AsyncIterable<Value>): PullSource<Value> {
    return new IteratorSource(values[Symbol.asyncIterator]());
  }

  /** One pull, as a promise. */
  read(): Promise<IteratorResult<Value, undefined>> {
    return new Promise((resolve, reject) => {
      this.pull({
        next: (value) => resolve({ value, done: false }),
        done: () => resolve({ value: undefined, done: true }),
        error: reject,
      });
    });
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Value, undefined> {
    return new SourceIterator(this);
  }
}

/** A source, as `for await` reads it. */
class SourceIterator<Value> implements AsyncIterableIterator<Value, undefined> {
  constructor(private readonly source: PullSource<Value>) {}

  next(): Promise<IteratorResult<Value, undefined>> {
    return this.source.read();
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    this.source.cancel();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** An async iterator, as a source. */
class IteratorSource<Value> extends PullSource<Value> {
  constructor(private readonly iterator: AsyncIterator<Value>) {
    super();
  }

  pull(to: PullSink<Value>): void {
    void this.iterator.next().then(
      ({ value, done }) => (done === true ? to.done() : to.next(value)),
      (error: unknown) => to.error(error),
    );
  }

  cancel(): void {
    // whoever cancels waits neither for the iterator's end nor for its failure
    this.iterator.return?.().catch(() => undefined);
  }
}
