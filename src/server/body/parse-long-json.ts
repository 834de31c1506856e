import { isAscii } from 'node:buffer';
import { isBase64 } from '../../bedrock/validation/blob.decorator.js';
import { JsonPlaceholders } from '../../streaming/json-placeholders.js';

/** Shorter strings gain nothing. */
const LONG_CHARACTERS = 64 * 1024;
/** Every string of LONG_CHARACTERS covers at least one multiple of this. */
const STRIDE = LONG_CHARACTERS / 2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** What may follow a value. A colon would follow a key. */
const AFTER_VALUE = new Set(Buffer.from(',}]'));

/** A long string of base64 in a body: its text, and where its closing quote stands. */
interface LongString {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * JSON.parse of a long body. Images and documents are megabytes of base64, which JSON.parse would read character by
 * character. So it gets placeholders, and the values are copied out of the bytes in one piece each. Base64 has no
 * escapes, so neither values nor the verdict on the rest of the body change.
 * @throws SyntaxError as JSON.parse
 */
export function parseLongJson(body: Buffer): unknown {
  const strings = longStringsOf(body);
  return strings.length === 0 ? JSON.parse(bytesToText(body)) : parseWithout(strings, body);
}

/** ASCII needs no decoding. */
export function bytesToText(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : bytes.toString();
}

function longStringsOf(body: Buffer): LongString[] {
  const found: LongString[] = [];
  let position = STRIDE;
  while (position < body.length) {
    const end = body.indexOf(QUOTE, position);
    if (end === -1) break;
    const string = longStringAt(body, body.lastIndexOf(QUOTE, position - 1) + 1, end);
    if (string !== undefined) found.push(string);
    position = Math.max(end + 1, position) + STRIDE;
  }
  return found;
}

/** What stands between two neighbouring quotes, if it is a whole value of long base64. */
function longStringAt(body: Buffer, start: number, end: number): LongString | undefined {
  const length = end - start;
  if (length < LONG_CHARACTERS || length % 4 !== 0) return undefined;
  if (start === 0 || body[start - 2] === BACKSLASH) return undefined;
  if (!AFTER_VALUE.has(body[end + 1] ?? 0)) return undefined;
  const text = body.toString('latin1', start, end);
  return isBase64(text) ? { start, end, text } : undefined;
}

function parseWithout(strings: readonly LongString[], body: Buffer): unknown {
  const placeholders = new JsonPlaceholders<string>();
  let json = '';
  let position = 0;
  for (const { start, end, text } of strings) {
    json += bytesToText(body.subarray(position, start)) + placeholders.add(text);
    position = end;
  }
  json += bytesToText(body.subarray(position));
  return placeholders.replacedIn(JSON.parse(json));
}
