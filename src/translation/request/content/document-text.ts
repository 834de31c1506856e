import { invalid } from '../refuse.js';

/**
 * Base64 of a text document → its text: UTF-8, or UTF-16 when a byte order mark says so.
 * @throws ValidationException when the bytes are no text
 */
export function decodeDocumentText(base64: string, path: string): string {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw invalid(path, 'the document is not UTF-8 text.');
  }
}

/** No UTF-8 begins with a byte order mark of UTF-16. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
