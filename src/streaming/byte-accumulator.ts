/** Pieces from this size on are kept as they are: the Buffer object of a piece costs about 100 bytes. */
const KEPT_BYTES = 4096;
/** A piece that is a view of a larger read keeps the whole read in memory. Above this ratio it is copied instead. */
const MAX_BACKING = 4;

const MIN_BLOCK_BYTES = 1024;
const MAX_BLOCK_BYTES = 64 * 1024;

/**
 * Collects the pieces of a body. A sender may send each byte as a piece of its own, and a Buffer for each would take a
 * hundred times the memory. So small pieces are copied together; large ones, and the first, are kept without a copy.
 * The memory held is at most four times the bytes, plus the read that the first piece is a view of.
 */
export class ByteAccumulator {
  #pieces: Buffer[] = [];
  #length = 0;
  /** The memory that small pieces are copied to. */
  #block: Buffer | undefined;
  #blockBytes = 0;
  /** The bytes of the block from this offset on are not in `#pieces` yet. */
  #runStart = 0;

  get length(): number {
    return this.#length;
  }

  /** All bytes so far, in order. Each read ends the current buffer, so do not read this after every push. */
  get pieces(): readonly Buffer[] {
    this.#closeRun();
    return this.#pieces;
  }

  push(bytes: Buffer): void {
    const isFirst = this.#length === 0;
    this.#length += bytes.length;
    // most bodies are one piece
    if (isFirst || isWorthKeeping(bytes)) this.#keep(bytes);
    else this.#copy(bytes);
  }

  /** All bytes in one buffer; a single piece is not copied. */
  concat(): Buffer {
    const { pieces } = this;
    const [first] = pieces;
    return first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces, this.#length);
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
    this.#block = undefined;
    this.#blockBytes = 0;
    this.#runStart = 0;
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#closeRun();
    this.#pieces.push(bytes);
  }

  #copy(bytes: Buffer): void {
    let copied = 0;
    while (copied < bytes.length) {
      const count = bytes.copy(this.#blockWithRoom(), this.#blockBytes, copied);
      this.#blockBytes += count;
      copied += count;
    }
  }

  /** A new block is as large as all bytes so far, within limits, so a few small pieces take little memory. */
  #blockWithRoom(): Buffer {
    if (this.#block !== undefined && this.#blockBytes < this.#block.length) return this.#block;
    this.#closeRun();
    const size = Math.min(Math.max(this.#length, MIN_BLOCK_BYTES), MAX_BLOCK_BYTES);
    this.#block = Buffer.allocUnsafeSlow(size);
    this.#blockBytes = 0;
    this.#runStart = 0;
    return this.#block;
  }

  #closeRun(): void {
    if (this.#block === undefined || this.#runStart === this.#blockBytes) return;
    this.#pieces.push(this.#block.subarray(this.#runStart, this.#blockBytes));
    this.#runStart = this.#blockBytes;
  }
}

function isWorthKeeping({ length, buffer }: Buffer): boolean {
  return length >= KEPT_BYTES && buffer.byteLength <= MAX_BACKING * length;
}
