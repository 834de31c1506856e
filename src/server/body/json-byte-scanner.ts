import { assertWithinLimits } from './json-limits.js';

/** The first bytes of a string are read one by one: a native search costs as much as 64 steps. */
const SHORT_BYTES = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
/** Brackets and braces differ only in this bit. */
const BRACE_BIT = 0x20;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Counts depth, keys and containers of JSON in its bytes, before they are parsed: megabytes of brackets would keep
 * JSON.parse busy for seconds. One pass, with native search inside strings. Does not check that the bytes are valid JSON.
 */
export class JsonByteScanner {
  private depth = 0;
  private keys = 0;
  private containers = 0;
  private inString = false;
  /** Whether the last byte was a backslash: it escapes the first byte of the next push. */
  private escapes = false;

  /** @throws ValidationException deeper than 100 levels, or over 50,000 keys or 250,000 objects and lists */
  push(json: Buffer): void {
    const { length } = json;
    if (length === 0) return;
    const specials = new SpecialBytes(json);
    // local variables: members would double the time per byte
    let { depth, keys, containers, inString } = this;
    let deepest = depth;
    let index = this.escapes ? 1 : 0;
    while (index < length) {
      if (inString) {
        const end = skipString(json, index, specials);
        inString = end < 0;
        index = inString ? ~end : end;
        continue;
      }
      const byte = json[index] ?? 0;
      index += 1;
      if (byte === QUOTE) inString = true;
      else if (byte === COLON) keys += 1;
      else if ((byte | BRACE_BIT) === OPEN_BRACE) {
        containers += 1;
        depth += 1;
        deepest = Math.max(deepest, depth);
      } else if ((byte | BRACE_BIT) === CLOSE_BRACE) depth -= 1;
    }
    this.depth = depth;
    this.keys = keys;
    this.containers = containers;
    this.inString = inString;
    // an escape as the last byte moves the index beyond the end
    this.escapes = index > length;
    assertWithinLimits({ depth: deepest, keys, containers });
  }
}

/** → the index after the closing quote; if that has not arrived, the bitwise complement of the index to continue at. */
function skipString(json: Buffer, from: number, specials: SpecialBytes): number {
  const near = Math.min(json.length, from + SHORT_BYTES);
  let index = from;
  while (index < near) {
    const byte = json[index];
    if (byte === QUOTE) return index + 1;
    index += byte === BACKSLASH ? 2 : 1;
  }
  if (index >= json.length) return ~index;
  index = specials.next(index);
  return ~(json[index] === BACKSLASH ? index + 2 : index);
}

/** Finds quotes and backslashes. Keeps the last result for each, so that a rare byte is searched only once. */
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
