import { NOT_NULL, ruleDecorator } from './rule.js';

/** Bytes as padded base64 in the standard alphabet. */
export function Blob({ min = 0 }: { min?: number } = {}): PropertyDecorator {
  return ruleDecorator({
    name: 'blob',
    schema: { type: 'string', contentEncoding: 'base64' },
    accepts: (value) => typeof value === 'string' && value.length >= min && isBase64(value),
    constraint: (value) => {
      if (value == null) return NOT_NULL;
      if (typeof value !== 'string') return 'Member must be a string of base64';
      if (value.length < min) return `Member must have length greater than or equal to ${min}`;
      return 'Member must be valid base64';
    },
  });
}

/** Multiples of 4 characters of base64 and 3 bytes. */
const CHUNK_CHARACTERS = 65_536;

const chunkBytes = Buffer.allocUnsafe((CHUNK_CHARACTERS / 4) * 3);

/** A UTF-16 unit takes at most three bytes in UTF-8. */
const chunkUtf8 = Buffer.allocUnsafe(CHUNK_CHARACTERS * 3);

/**
 * Whether the text is padded base64 in the standard alphabet. Decoding it in pieces into one buffer takes a tenth of the
 * time of a regular expression (about 1 ms for 7 MB), and stops at the first invalid piece.
 */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  for (let start = 0; start < text.length; start += CHUNK_CHARACTERS) {
    const piece = text.slice(start, start + CHUNK_CHARACTERS);
    const padding = start + CHUNK_CHARACTERS < text.length ? 0 : paddingOf(piece);
    if (!isBase64Of(piece, (piece.length / 4) * 3 - padding)) return false;
  }
  return true;
}

/**
 * Node's decoder skips invalid characters, so a text that decodes to the expected number of bytes has none. But the
 * decoder also accepts the URL alphabet, and reads only the low byte of other characters, so both are checked here.
 */
function isBase64Of(piece: string, bytes: number): boolean {
  if (!isAscii(piece) || piece.includes('-') || piece.includes('_')) return false;
  return chunkBytes.write(piece, 'base64') === bytes;
}

/** All other characters take more than one byte in UTF-8. Writing the text is faster than counting its bytes. */
function isAscii(piece: string): boolean {
  return chunkUtf8.write(piece) === piece.length;
}

function paddingOf(text: string): number {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
}
