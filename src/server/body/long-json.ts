import type { ByteAccumulator } from '../../streaming/byte-accumulator.js';
import { JsonByteScanner } from './json-byte-scanner.js';
import { Portions } from './portions.js';

/** JSON that is too long to be parsed before it is known what it amounts to: looked over as it comes. */
export class LongJson {
  private readonly bounds = new JsonByteScanner();
  private readonly portions: Portions;

  constructor(bytes: ByteAccumulator) {
    this.portions = new Portions(bytes);
  }

  /** @throws ValidationException when what has come is too deep or too wide */
  lookOver(): void {
    for (const piece of this.portions.take()) this.bounds.push(piece);
  }

  /** @throws ValidationException when it is too deep or too wide */
  lookOverRest(whole: Buffer): void {
    this.bounds.push(this.portions.restOf(whole));
  }
}
