/** Takes what was asked for; must not throw. */
export interface Receiver<Value> {
  value(value: Value): void;
  end(): void;
  fail(error: unknown): void;
}

/**
 * Values on demand: an async iterator whose values can also be had without a promise. A token of a stream passes
 * several stages, and a promise or two at each would cost more than what the stages do.
 */
export abstract class Source<Value> implements AsyncIterableIterator<Value, undefined> {
  /** One answer for each call, at once or later; not to be called again before it is there. */
  abstract pull(to: Receiver<Value>): void;

  /** The rest is not wanted. */
  abstract cancel(): void;

  static from<Value>(values: AsyncIterable<Value>): Source<Value> {
    return new IteratedSource(values[Symbol.asyncIterator]());
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    return new Promise((resolve, reject) => {
      this.pull({
        value: (value) => resolve({ value, done: false }),
        end: () => resolve({ value: undefined, done: true }),
        fail: reject,
      });
    });
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    this.cancel();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

class IteratedSource<Value> extends Source<Value> {
  constructor(private readonly iterator: AsyncIterator<Value>) {
    super();
  }

  pull(to: Receiver<Value>): void {
    void this.iterator.next().then(
      ({ value, done }) => (done === true ? to.end() : to.value(value)),
      (error: unknown) => to.fail(error),
    );
  }

  cancel(): void {
    // whoever cancels does not wait for an end, nor for how it fails
    this.iterator.return?.().catch(() => undefined);
  }
}
