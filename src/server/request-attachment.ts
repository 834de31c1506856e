import type { IncomingMessage } from 'node:http';

type Notes = Record<symbol, unknown>;

/**
 * Something that is known of a request, and ends with it. A property of the request under a key that nobody else
 * has: a WeakMap would cost the garbage collector 4 µs a request.
 */
export class RequestAttachment<Value> {
  private readonly key = Symbol('note');

  get(request: IncomingMessage): Value | undefined {
    // only `write` writes under this key
    return (request as unknown as Notes)[this.key] as Value | undefined;
  }

  set(request: IncomingMessage, value: Value): void {
    (request as unknown as Notes)[this.key] = value;
  }
}
