/** Longer texts in a long body are folded: most are media in base64. */
const LONG_TEXT = 1_024;
const SHOWN = 64;
/** The beginning of a JSON text, without half of an escape at its end. */
const BEGINNING = new RegExp(String.raw`^(?:[^\\]|\\u[0-9a-f]{4}|\\[^u]){0,${SHOWN}}`, 'i');
const LONGEST_ESCAPE = 6;
const BACKSLASH = 0x5c;

interface Folded {
  readonly text: string;
  /** The rest was left out. */
  readonly isCut: boolean;
}

/**
 * JSON → the same JSON with its long texts folded, up to so many characters of it. The texts are found by their quotes,
 * which takes no more time than copying the body.
 */
export function foldLongTexts(json: string, maxCharacters: number): Folded {
  let folded = '';
  let position = 0;
  while (position < json.length && folded.length < maxCharacters) {
    const start = json.indexOf('"', position);
    if (start === -1) return { text: folded + json.slice(position), isCut: false };
    const end = endOfText(json, start + 1);
    folded += json.slice(position, start) + foldedText(json.slice(start, end));
    position = end;
  }
  return { text: folded, isCut: position < json.length };
}

/** @param text with its quotes */
function foldedText(text: string): string {
  if (text.length <= LONG_TEXT) return text;
  const [beginning = ''] = BEGINNING.exec(text.slice(1, 1 + SHOWN * LONGEST_ESCAPE)) ?? [];
  return `"${beginning}… (${text.length - 2} characters)"`;
}

/** Behind the closing quote. A quote is escaped when an odd number of backslashes stands before it. */
function endOfText(json: string, start: number): number {
  for (let quote = json.indexOf('"', start); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let backslash = quote;
    while (json.charCodeAt(backslash - 1) === BACKSLASH) backslash -= 1;
    if ((quote - backslash) % 2 === 0) return quote + 1;
  }
  return json.length;
}
