import { createHash, hash, type Hash } from 'node:crypto';
import type { ByteAccumulator } from '../../streaming/byte-accumulator.js';
import { Portions } from './portions.js';

const ALGORITHM = 'sha256';

/** The SHA-256 of a body, computed while it arrives: hashing a large one at its end would block the event loop. */
export class BodyHash {
  private readonly portions: Portions;
  private hash: Hash | undefined;

  constructor(bytes: ByteAccumulator) {
    this.portions = new Portions(bytes);
  }

  update(): void {
    for (const piece of this.portions.take()) {
      this.hash ??= createHash(ALGORITHM);
      this.hash.update(piece);
    }
  }

  /** The hash in hexadecimal digits. Call it once. */
  digest(whole: Buffer): string {
    // for a small body, one call costs a third of create, update and digest
    if (this.hash === undefined) return hash(ALGORITHM, whole);
    return this.hash.update(this.portions.restOf(whole)).digest('hex');
  }
}
