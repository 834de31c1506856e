import { JsonBytes } from '../streaming/json-bytes.js';

/**
 * The JSON of a list of finite numbers. The numbers themselves are parsed when they are asked for: most vectors are only
 * copied, and megabytes of numbers that nobody reads are work for the garbage collector.
 */
export class NumberList extends JsonBytes {
  #values: readonly number[] | undefined;

  private constructor(
    bytes: Buffer,
    readonly length: number,
    values?: readonly number[],
  ) {
    super(bytes);
    this.#values = values;
  }

  static from(values: readonly number[]): NumberList {
    return new NumberList(Buffer.from(JSON.stringify(values)), values.length, values);
  }

  /** JSON → the list; undefined when it is no list, or has a value that is no finite number. */
  static parse(bytes: Buffer): NumberList | undefined {
    const values = parseList(bytes);
    return values !== undefined && values.every(isFiniteNumber)
      ? new NumberList(bytes, values.length)
      : undefined;
  }

  get values(): readonly number[] {
    // checked when the list was made
    this.#values ??= parseList(this.bytes) as number[];
    return this.#values;
  }
}

/** Undefined for what is no list. Numbers are ASCII. */
function parseList(bytes: Buffer): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('latin1'));
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isFiniteNumber(value: unknown): boolean {
  return typeof value === 'number' && value - value === 0;
}
