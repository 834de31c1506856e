import { invalid } from '../refuse.js';

/**
 * A text document in base64 → its text. The encoding is UTF-8, or UTF-16 with a byte order mark.
 * @throws ValidationException when the bytes are not valid text
 */
export function decodeDocumentText(base64: string, path: string): string {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw invalid(path, 'the document is not UTF-8 text.');
  }
}

/** The byte order marks of UTF-16 are not valid UTF-8, so they are unambiguous. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
