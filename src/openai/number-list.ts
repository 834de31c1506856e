import { JsonBytes } from '../streaming/json-bytes.js';
import { scanNumbers } from './number-scan.js';

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

  /** The list whose bracket is at `start`; undefined when it is none, or has a value that is no finite number. */
  static at(start: number, bytes: Buffer): NumberList | undefined {
    const scanned = scanNumbers(bytes, start);
    return scanned && new NumberList(bytes.subarray(start, scanned.end), scanned.length);
  }

  get values(): readonly number[] {
    // checked when the list was made; numbers are ASCII
    this.#values ??= JSON.parse(this.bytes.toString('latin1')) as number[];
    return this.#values;
  }
}
