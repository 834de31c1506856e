import type { ByteAccumulator } from '../../streaming/byte-accumulator.js';

/** What looks at bytes pays for each look, and senders choose how many bytes come at a time. */
const PORTION_BYTES = 64 * 1024;

const NONE: readonly Buffer[] = [];

/** The bytes of a body for somebody who looks at them as they come, a portion at a time. */
export class Portions {
  private takenBytes = 0;
  private takenPieces = 0;

  constructor(private readonly bytes: ByteAccumulator) {}

  /** What has come since the last portion; nothing while it is little. */
  take(): readonly Buffer[] {
    if (this.bytes.length - this.takenBytes < PORTION_BYTES) return NONE;
    const fresh = this.bytes.pieces.slice(this.takenPieces);
    this.takenBytes = this.bytes.length;
    this.takenPieces += fresh.length;
    return fresh;
  }

  /** Of the whole body, what was not in a portion. */
  restOf(whole: Buffer): Buffer {
    return whole.subarray(this.takenBytes);
  }
}
