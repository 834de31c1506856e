/** A piece of so many bytes is worth a buffer of its own: the object around it costs about 100 bytes. */
const KEPT_BYTES = 4096;
/** A piece may be part of a larger read, all of which it keeps in memory: at most so many times its own bytes. */
const MAX_BACKING = 4;

const MIN_BLOCK_BYTES = 1024;
const MAX_BLOCK_BYTES = 64 * 1024;

/**
 * Collects bytes that come in pieces whose size the sender chooses. The memory held is at most four times the bytes,
 * plus the read that the first piece is part of, also where every byte comes alone: small pieces are copied together,
 * while large pieces and the first are kept without a copy.
 */
export class ByteAccumulator {
  #pieces: Buffer[] = [];
  #length = 0;
  /** Small pieces are copied here. */
  #block: Buffer | undefined;
  #blockBytes = 0;
  /** From here on, what the block holds is not among the pieces yet. */
  #runStart = 0;

  get length(): number {
    return this.#length;
  }

  /** All bytes so far, in order, in few buffers. Each look ends a buffer, so do not look after every push. */
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

  /** Without a copy where there is one piece. */
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

  /** A new block is as large as all that is there, within limits: a few small pieces cost little. */
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
