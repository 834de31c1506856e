import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** Deep JSON overflows the stack of everything recursive, and brackets alone keep JSON.parse busy for seconds. */
const MAX_DEPTH = 100;
/** A Converse body of 5,000 turns has about 20,000. */
const MAX_KEYS = 50_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Looks over JSON bytes before anything walks them: one pass that skips strings, no allocation. Whether the
 * bytes are JSON at all is left to the parser.
 * @throws ValidationException deeper than 100 levels, or over 50,000 keys
 */
export function checkJsonBounds(json: Buffer): void {
  let depth = 0;
  let keys = 0;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index];
    if (byte === QUOTE) index = endOfString(json, index + 1);
    else if (byte === COLON) keys++;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    if (depth > MAX_DEPTH)
      throw new ValidationException(`The request body is nested deeper than ${MAX_DEPTH} levels`);
    if (keys > MAX_KEYS) throw new ValidationException(`The request body has more than ${MAX_KEYS} keys`);
  }
}

/** Index of the closing quote of a string that starts at `from`, or the end of the bytes. */
function endOfString(json: Buffer, from: number): number {
  let quote = json.indexOf(QUOTE, from);
  while (quote !== -1 && isEscaped(json, quote, from)) quote = json.indexOf(QUOTE, quote + 1);
  return quote === -1 ? json.length : quote;
}

/** A quote is escaped when an odd number of backslashes stands before it. */
function isEscaped(json: Buffer, quote: number, from: number): boolean {
  let backslashes = 0;
  while (quote - 1 - backslashes >= from && json[quote - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}
