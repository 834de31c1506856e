import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** Deep JSON overflows the stack of everything recursive, and brackets alone keep JSON.parse busy for seconds. */
const MAX_DEPTH = 100;
/** A Converse body of 5,000 turns has about 20,000. */
const MAX_KEYS = 50_000;

/** Names and short values are looked through here: a native search costs as much as so many steps. */
const SHORT_BYTES = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Looks over JSON bytes as they come, before anything walks them: one pass that hurries through strings. Whether
 * the bytes are JSON at all is left to the parser.
 */
export class JsonBounds {
  private depth = 0;
  private keys = 0;
  private inString = false;
  /** Whether the last backslash was the last byte: what it escapes comes next. */
  private escapes = false;

  /** @throws ValidationException deeper than 100 levels, or over 50,000 keys */
  push(json: Buffer): void {
    if (json.length === 0) return;
    const specials = new SpecialBytes(json);
    let index = this.escapes ? 1 : 0;
    while (index < json.length) {
      index = this.inString ? this.readString(json, index, specials) : this.readStructure(json, index);
    }
    // an escape leads beyond what it escapes, wherever that is
    this.escapes = index > json.length;
  }

  /** → the index of what follows an opening quote, or the end. */
  private readStructure(json: Buffer, from: number): number {
    for (let index = from; index < json.length; index += 1) {
      const byte = json[index];
      if (byte === QUOTE) {
        this.inString = true;
        return index + 1;
      }
      if (byte === COLON) this.countKey();
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.descend();
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.depth -= 1;
    }
    return json.length;
  }

  /** → the index of what follows a closing quote or an escape, or the end. */
  private readString(json: Buffer, from: number, specials: SpecialBytes): number {
    const near = Math.min(json.length, from + SHORT_BYTES);
    let index = from;
    while (index < near && json[index] !== QUOTE) index += json[index] === BACKSLASH ? 2 : 1;
    if (index < near) {
      this.inString = false;
      return index + 1;
    }
    if (index >= json.length) return index;
    index = specials.next(index);
    return json[index] === BACKSLASH ? index + 2 : index;
  }

  private countKey(): void {
    this.keys += 1;
    if (this.keys > MAX_KEYS)
      throw new ValidationException(`The request body has more than ${MAX_KEYS} keys`);
  }

  private descend(): void {
    this.depth += 1;
    if (this.depth > MAX_DEPTH)
      throw new ValidationException(`The request body is nested deeper than ${MAX_DEPTH} levels`);
  }
}

/** Where strings end or escape. What a search has found is kept: else a rare byte would be sought again and again. */
class SpecialBytes {
  private quote = -1;
  private backslash = -1;

  constructor(private readonly json: Buffer) {}

  /** → the index of the next quote or backslash, or the end. */
  next(from: number): number {
    if (this.quote < from) this.quote = this.indexOf(QUOTE, from);
    if (this.backslash < from) this.backslash = this.indexOf(BACKSLASH, from);
    return Math.min(this.quote, this.backslash);
  }

  private indexOf(byte: number, from: number): number {
    const found = this.json.indexOf(byte, from);
    return found === -1 ? this.json.length : found;
  }
}
