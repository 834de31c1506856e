import { BlockTemplates } from './block-templates.js';
import { Base64Template, type Surroundings } from './base64-template.js';
import { CHUNK_PAYLOAD } from './chunk-payload.js';
import type { Message } from './message.js';
import { escapedPiece, isShortPlainAscii } from './plain-piece.js';

/** No name or value in a chunk has it. */
const PROBE = 'probe-of-a-piece';
const BASE64_BYTES = 3;

/**
 * Writes the chunks of a native stream that differ only in their piece of text, without JSON.stringify and without the
 * base64 of the whole. The place of the piece is found by writing a chunk with a probe in it.
 */
export class PieceTemplate {
  /** A chunk with some other piece. */
  readonly sample: object;
  readonly #around: Surroundings;
  /** By the length of the piece modulo 3. */
  readonly #frames: readonly Base64Template[];

  /**
   * @param toChunk writes the piece once and unchanged, and nothing that depends on it
   * @throws Error when it does not
   */
  constructor(readonly toChunk: (piece: string) => object) {
    this.sample = toChunk(PROBE);
    this.#around = around(JSON.stringify(this.sample));
    this.#frames = Array.from(
      { length: BASE64_BYTES },
      (_, pieceBytes) => new Base64Template(CHUNK_PAYLOAD, this.#around, pieceBytes),
    );
  }

  /** The JSON of a chunk. */
  json(piece: string): string {
    const text = isShortPlainAscii(piece) ? piece : escapedPiece(piece);
    return this.#around.head + text + this.#around.tail;
  }

  /** A chunk as a frame. For longer pieces than `SHORT_PIECE_UNITS` native code is faster. */
  toMessage(piece: string): Message {
    if (isShortPlainAscii(piece)) return this.#toMessage(piece);
    const text = escapedPiece(piece);
    return this.#toMessage(
      Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1'),
    );
  }

  /** @param bytes those of the escaped piece, as characters up to 0xff */
  #toMessage(bytes: string): Message {
    const template = this.#frames[bytes.length % BASE64_BYTES] as Base64Template; // there is one for each remainder
    return { template, text: bytes, textBytes: template.digits(bytes.length) };
  }
}

/**
 * The templates of one kind of chunk, by block index.
 * @param toChunk writes the piece once and unchanged, and nothing that depends on it
 */
export function pieceTemplates(
  toChunk: (index: number, piece: string) => object,
): BlockTemplates<PieceTemplate> {
  return new BlockTemplates((index) => new PieceTemplate((piece) => toChunk(index, piece)));
}

/** One chunk of a native stream, told by its template and its piece. */
export class PieceChunk {
  constructor(
    readonly template: PieceTemplate,
    readonly piece: string,
  ) {}

  get json(): string {
    return this.template.json(this.piece);
  }

  /** For logs. */
  toJSON(): object {
    return this.template.toChunk(this.piece);
  }
}

function around(json: string): Surroundings {
  const [head, tail, ...more] = json.split(PROBE);
  const isAscii = Buffer.byteLength(json) === json.length;
  if (head === undefined || tail === undefined || more.length > 0 || !isAscii) {
    throw new Error(`Not one piece in ASCII: ${json}`);
  }
  return { head, tail };
}
