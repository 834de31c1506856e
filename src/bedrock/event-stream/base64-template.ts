import { extendChecksum } from './checksum.js';
import { type FrameHeaders, FrameTemplate } from './frame-template.js';

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const DIGIT_BITS = 6;
const DIGIT_MASK = 0b11_1111;
/** A digit and the bits that may be left from the byte before: more are not needed. */
const KEPT_MASK = 0xfff;

/** Text around a piece in what is encoded. Both are ASCII. */
export interface Surroundings {
  readonly head: string;
  /** Not empty. */
  readonly tail: string;
}

/** What stands around the base64 in the payload of a frame. */
interface Wrapping {
  readonly headers: FrameHeaders;
  readonly opening: string;
  readonly closing: string;
}

/**
 * Writes frames that hold the base64 of a text, which differ only in one piece of that text. Only the digits of base64 with
 * bits of the piece are computed. Which digits follow them depends on the length of the piece modulo 3, so a template is
 * made for pieces of one such length.
 */
export class Base64Template {
  readonly overheadBytes: number;
  readonly #frame: FrameTemplate;
  /** The last bits of the head that fill no digit, and how many: 0, 2 or 4. */
  readonly #headBits: number;
  readonly #headBitCount: number;
  /** The first byte of the tail, which fills the last digit of the piece. */
  readonly #tailByte: number;

  /** @param pieceBytes the length of a piece, or any that is the same modulo 3 */
  constructor({ headers, opening, closing }: Wrapping, { head, tail }: Surroundings, pieceBytes: number) {
    const headBits = 8 * head.length;
    this.#headBitCount = headBits % DIGIT_BITS;
    this.#headBits = head.charCodeAt(head.length - 1) & ((1 << this.#headBitCount) - 1);
    this.#tailByte = tail.charCodeAt(0);
    const sample = Buffer.from(head + 'x'.repeat(pieceBytes) + tail).toString('base64');
    const start = (headBits - this.#headBitCount) / DIGIT_BITS;
    const end = start + this.digits(pieceBytes);
    this.#frame = new FrameTemplate(headers, opening + sample.slice(0, start), sample.slice(end) + closing);
    this.overheadBytes = this.#frame.overheadBytes;
  }

  /** How many digits hold bits of a piece of so many bytes. */
  digits(pieceBytes: number): number {
    return Math.ceil((this.#headBitCount + 8 * pieceBytes) / DIGIT_BITS);
  }

  /** @param piece its bytes, as characters up to 0xff */
  write(frame: Buffer, offset: number, piece: string, digits: number): number {
    const { bytes, checksum } = this.#frame.prefix(digits);
    frame.set(bytes, offset);
    const start = offset + bytes.length;
    const end = start + digits;
    this.#writeDigits(frame, start, piece);
    return this.#frame.close(frame, end, extendChecksum(checksum, frame, start, end));
  }

  #writeDigits(frame: Buffer, start: number, piece: string): void {
    let offset = start;
    let bits = this.#headBits;
    /** How many of them are in no digit yet. */
    let count = this.#headBitCount;
    for (let index = 0; index < piece.length; index += 1) {
      bits = ((bits << 8) | piece.charCodeAt(index)) & KEPT_MASK;
      count += 8 - DIGIT_BITS;
      frame[offset] = digit(bits >> count);
      offset += 1;
      if (count < DIGIT_BITS) continue;
      frame[offset] = digit(bits);
      offset += 1;
      count = 0;
    }
    if (count > 0) frame[offset] = digit((bits << (DIGIT_BITS - count)) | (this.#tailByte >> (2 + count)));
  }
}

function digit(bits: number): number {
  return ALPHABET[bits & DIGIT_MASK] ?? 0;
}
