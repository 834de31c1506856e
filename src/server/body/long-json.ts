import type { ByteAccumulator } from '../../streaming/byte-accumulator.js';
import { JsonByteScanner } from './json-byte-scanner.js';
import { Portions } from './portions.js';

/** Checks the limits of long JSON while it arrives: parsing it first would take too long if it exceeds them. */
export class LongJson {
  private readonly scanner = new JsonByteScanner();
  private readonly portions: Portions;

  constructor(bytes: ByteAccumulator) {
    this.portions = new Portions(bytes);
  }

  /** @throws ValidationException when the bytes so far are too deep or too wide */
  scan(): void {
    for (const piece of this.portions.take()) this.scanner.push(piece);
  }

  /** @throws ValidationException when it is too deep or too wide */
  scanRest(whole: Buffer): void {
    this.scanner.push(this.portions.restOf(whole));
  }
}
