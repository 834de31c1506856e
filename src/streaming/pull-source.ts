/** Receives what a source was asked for. Its methods must not throw. */
export interface PullSink<Value> {
  next(value: Value): void;
  done(): void;
  error(error: unknown): void;
}

/**
 * A pull stream: the reader asks for one value at a time, and a method of its sink is called with the answer, at once
 * or later. It can also be read with `for await`.
 *
 * Each token of a model passes three such stages. As async generators they would cost 1.1 µs more a token, of 2 µs in
 * all (docs/decisions/2026-11-29-pull-streams.md).
 */
export abstract class PullSource<Value> implements AsyncIterable<Value, undefined> {
  /** Leads to exactly one call of a method of the sink. Do not pull again before that. */
  abstract pull(sink: PullSink<Value>): void;

  /** The reader wants no further values: releases what the source holds. */
  abstract cancel(): void;

  static from<Value>(values: AsyncIterable<Value>): PullSource<Value> {
    return new IteratorSource(values[Symbol.asyncIterator]());
  }

  /** Pulls one value, as an async iterator's `next` does. */
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

/** Lets `for await` read a source. */
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

/** Makes a source of an async iterator. */
class IteratorSource<Value> extends PullSource<Value> {
  constructor(private readonly iterator: AsyncIterator<Value>) {
    super();
  }

  pull(sink: PullSink<Value>): void {
    void this.iterator.next().then(
      ({ value, done }) => (done === true ? sink.done() : sink.next(value)),
      (error: unknown) => sink.error(error),
    );
  }

  cancel(): void {
    // after a cancellation nobody reads how the iterator ends
    this.iterator.return?.().catch(() => undefined);
  }
}
