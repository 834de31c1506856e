import type { ByteAccumulator } from '../../streaming/byte-accumulator.js';

/** Reading bytes has a cost per call, and senders choose how many bytes a piece has. */
const PORTION_BYTES = 64 * 1024;

const NONE: readonly Buffer[] = [];

/** Groups the arriving pieces of a body into portions of at least 64 KiB. */
export class Portions {
  private takenBytes = 0;
  private takenPieces = 0;

  constructor(private readonly bytes: ByteAccumulator) {}

  /** The pieces since the last portion; empty while they are less than a portion. */
  take(): readonly Buffer[] {
    if (this.bytes.length - this.takenBytes < PORTION_BYTES) return NONE;
    const fresh = this.bytes.pieces.slice(this.takenPieces);
    this.takenBytes = this.bytes.length;
    this.takenPieces += fresh.length;
    return fresh;
  }

  /** The end of the whole body, which was in no portion. */
  restOf(whole: Buffer): Buffer {
    return whole.subarray(this.takenBytes);
  }
}
