const HIGH = String.raw`\\u[dD][89abAB][0-9a-fA-F]{2}`;
const LOW = String.raw`\\u[dD][c-fC-F][0-9a-fA-F]{2}`;
/** Every escape sequence of JSON, a pair of surrogates as one: a backslash that is escaped begins none. */
const ESCAPES = new RegExp(String.raw`${HIGH}${LOW}|${HIGH}|${LOW}|\\[^]?`, 'g');
const PAIR_OR_LOW = new RegExp(`^(?:${HIGH})?${LOW}$`);
const SURROGATE = /\\u[dD]/;
const LONE_CHARACTERS = 6;
const REPLACEMENT = '\ufffd';

/**
 * JSON text whose strings may hold escaped halves of surrogate pairs, which many servers and clients cannot write as
 * UTF-8 → JSON text with U+FFFD in the place of each, in keys and values. Most JSON has none: then it is only searched.
 * What was read as UTF-8, or written by JSON.stringify, has no halves but escaped ones.
 */
export function wellFormedJson(json: string): string {
  return SURROGATE.test(json) ? json.replaceAll(ESCAPES, replaceLone) : json;
}

function replaceLone(escape: string): string {
  return escape.length === LONE_CHARACTERS ? REPLACEMENT : escape;
}

const SAMPLES = [String.raw`\ud83d\ude00`, String.raw`\ude00`] as const;
/** A surrogate, or the beginning of an escape sequence at the end. */
const UNSETTLED = /\\u[dD]|\\u?$/;

/**
 * Where JSON text that goes on can be cut: its end, or the beginning of an escape sequence that is not whole, or that
 * what follows may make a pair. The text begins outside of an escape sequence.
 */
export function settledLength(json: string): number {
  if (!UNSETTLED.test(json)) return json.length;
  for (const { index } of json.matchAll(ESCAPES)) {
    if (mayGoOn(json.slice(index))) return index;
  }
  return json.length;
}

/** With the rest of a sample behind it, the beginning of a pair is a pair, and that of a low half is one. */
function mayGoOn(escape: string): boolean {
  return SAMPLES.some(
    (sample) => escape.length < sample.length && PAIR_OR_LOW.test(escape + sample.slice(escape.length)),
  );
}
