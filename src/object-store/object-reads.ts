import type { Cancellation } from '../streaming/cancellation.js';
import type { ObjectBudget } from './object-budget.js';
import { readObject } from './object-bytes.js';
import type { ObjectLocation } from './object-location.js';
import { cancelled, readFailure, timedOut } from './read-failure.js';
import type { S3Connection } from './s3-connection.js';

const MAX_AT_ONCE = 8;

/** An object, and the JSON path that errors name. */
export interface RequestedObject {
  readonly location: ObjectLocation;
  readonly path: string;
}

export interface ReadOptions {
  readonly budget: ObjectBudget;
  readonly cancellation: Cancellation;
  readonly timeoutMs: number;
}

/** Reads the objects of one request, several at once. The first failure aborts the rest: a part of them is of no use. */
export class ObjectReads {
  readonly #abort = new AbortController();
  readonly #contents: string[] = [];
  #next = 0;

  constructor(
    private readonly connection: S3Connection,
    private readonly objects: readonly RequestedObject[],
    private readonly options: ReadOptions,
  ) {}

  /**
   * The objects in base64, in order.
   * @throws BedrockException
   */
  async all(): Promise<string[]> {
    const { cancellation, timeoutMs } = this.options;
    const { signal } = this.#abort;
    const timer = setTimeout(() => this.#abort.abort(timedOut()), timeoutMs);
    const cancel = (reason: Error): void => this.#abort.abort(cancelled(reason));
    cancellation.onCancel(cancel);
    if (cancellation.reason !== undefined) cancel(cancellation.reason);
    const readers = Math.min(MAX_AT_ONCE, this.objects.length);
    try {
      // the SDK may look up credentials for longer, whatever its signal says
      await Promise.race([
        Promise.all(Array.from({ length: readers }, () => this.#readNext())),
        rejectedBy(signal),
      ]);
      return this.#contents;
    } finally {
      clearTimeout(timer);
      cancellation.offCancel(cancel);
    }
  }

  /** Reads objects one after the other until none is left. */
  async #readNext(): Promise<void> {
    const { signal } = this.#abort;
    while (this.#next < this.objects.length) {
      signal.throwIfAborted();
      const index = this.#next;
      this.#next += 1;
      const object = this.objects[index];
      if (object === undefined) return;
      this.#contents[index] = await this.#read(object);
    }
  }

  /** A failure becomes the reason of the signal, and is thrown by every reader. */
  async #read({ location, path }: RequestedObject): Promise<string> {
    const { signal } = this.#abort;
    try {
      const response = await this.connection.get(location, signal);
      return await readObject(response, { path, signal, budget: this.options.budget });
    } catch (error) {
      if (!signal.aborted) this.#abort.abort(readFailure(error, path));
      throw signal.reason;
    }
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason as Error); // only exceptions abort it
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
