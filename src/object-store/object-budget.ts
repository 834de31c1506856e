import { unreadable } from './read-failure.js';

/** Every three bytes are four digits of base64. */
const BYTES_PER_GROUP = 3;
const DIGITS_PER_GROUP = 4;

/** The bytes of all objects of one request. They count as the base64 that they become, like those in a body. */
export class ObjectBudget {
  #usedBytes = 0;

  /** @param receive counts bytes of base64 that are held until the end of the request; throws when there is no room */
  constructor(
    private readonly maxBytes: number,
    private readonly receive: (bytes: number) => void,
  ) {}

  /** The part of one object; `path` is named when it is too large. */
  share(path: string): ObjectShare {
    return new ObjectShare(path, this);
  }

  /** @throws ValidationException, or the error of the process-wide budget */
  acquire(bytes: number, path: string): void {
    this.assertRoomFor(bytes, path);
    this.receive(bytes);
    this.#usedBytes += bytes;
  }

  /** @throws ValidationException */
  assertRoomFor(bytes: number, path: string): void {
    if (this.#usedBytes + bytes <= this.maxBytes) return;
    throw unreadable(path, `the objects of the request have more than ${this.maxBytes} bytes in base64.`);
  }
}

class ObjectShare {
  #objectBytes = 0;

  constructor(
    private readonly path: string,
    private readonly budget: ObjectBudget,
  ) {}

  /** Checks the announced length of an object before its first byte. */
  assertRoomFor(objectBytes: number): void {
    this.budget.assertRoomFor(base64Length(objectBytes), this.path);
  }

  add(bytes: number): void {
    const before = base64Length(this.#objectBytes);
    this.#objectBytes += bytes;
    this.budget.acquire(base64Length(this.#objectBytes) - before, this.path);
  }
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_GROUP) * DIGITS_PER_GROUP;
}
