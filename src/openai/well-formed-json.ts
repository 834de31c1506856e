const HIGH = String.raw`\\u[dD][89abAB][0-9a-fA-F]{2}`;
const LOW = String.raw`\\u[dD][c-fC-F][0-9a-fA-F]{2}`;
/** Every escape sequence of JSON. A surrogate pair is one match, and so is an escaped backslash. */
const ESCAPES = new RegExp(String.raw`${HIGH}${LOW}|${HIGH}|${LOW}|\\[^]?`, 'g');
const PAIR_OR_LOW = new RegExp(`^(?:${HIGH})?${LOW}$`);
const SURROGATE = /\\u[dD]/;
const LONE_CHARACTERS = 6;
const REPLACEMENT = '\ufffd';

/**
 * JSON text → the same text with U+FFFD in place of each lone surrogate, in keys and values. Many servers and clients
 * cannot encode lone surrogates as UTF-8. Only escaped ones are replaced: text from UTF-8 or JSON.stringify has no
 * others. Most JSON has none and is only searched.
 */
export function wellFormedJson(json: string): string {
  return SURROGATE.test(json) ? json.replaceAll(ESCAPES, replaceLone) : json;
}

function replaceLone(escape: string): string {
  return escape.length === LONE_CHARACTERS ? REPLACEMENT : escape;
}

const SAMPLES = [String.raw`\ud83d\ude00`, String.raw`\ude00`] as const;
/** An escaped surrogate, or an incomplete escape sequence at the end. */
const UNSETTLED = /\\u[dD]|\\u?$/;

/**
 * → the length up to which JSON text that is not complete can be processed: all of it, or the part before a last escape
 * sequence that is incomplete or may become a surrogate pair. The text must not begin inside an escape sequence.
 */
export function settledLength(json: string): number {
  if (!UNSETTLED.test(json)) return json.length;
  for (const { index } of json.matchAll(ESCAPES)) {
    if (mayContinue(json.slice(index))) return index;
  }
  return json.length;
}

/** Whether an escape sequence is the beginning of a pair or of a low surrogate: with the rest of a sample it becomes one. */
function mayContinue(escape: string): boolean {
  return SAMPLES.some(
    (sample) => escape.length < sample.length && PAIR_OR_LOW.test(escape + sample.slice(escape.length)),
  );
}
