import { assertWithinLimits } from './json-limits.js';

/** Names and short values are looked through here: a native search costs as much as so many steps. */
const SHORT_BYTES = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
/** Brackets and braces differ in this bit alone. */
const BRACE_BIT = 0x20;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Looks over JSON bytes as they come, before they are parsed: brackets alone keep JSON.parse busy for seconds. One
 * pass that hurries through strings. Whether the bytes are JSON at all is left to the parser.
 */
export class JsonByteScanner {
  private depth = 0;
  private keys = 0;
  private containers = 0;
  private inString = false;
  /** Whether the last backslash was the last byte: what it escapes comes next. */
  private escapes = false;

  /** @throws ValidationException deeper than 100 levels, or over 50,000 keys or 250,000 objects and lists */
  push(json: Buffer): void {
    const { length } = json;
    if (length === 0) return;
    const specials = new SpecialBytes(json);
    // kept out of the object while it lasts, or every byte would cost twice as much
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
    // an escape leads beyond what it escapes, wherever that is
    this.escapes = index > length;
    assertWithinLimits({ depth: deepest, keys, containers });
  }
}

/** → the index of what follows the closing quote; where it has not come yet, the complement of where to go on. */
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
