/** Shorter keys are placeholders such as `EMPTY`, `none` and `ollama`, which also occur as words in messages. */
const MIN_KEY_CHARACTERS = 7;

/** The shortest start of a key that counts when the text ends within the key. */
const MIN_BEGINNING = 6;

const BITS_OF_BYTE = 8;
const BITS_OF_DIGIT = 6;
/** Possible offsets of the key within a group of three bytes, which base64 encodes as four digits. */
const ALIGNMENTS = [0, 1, 2];

/** Servers break long base64 into lines, and JSON escapes the breaks. */
const LINE_BREAK = String.raw`(?:\\[rn]|[\r\n])*`;

/**
 * A key → a pattern that finds it in a text: plain, percent-encoded, in hex, and in base64 or base64url together with
 * other text (`user:key`, `Bearer key`). At the end of a cut text it finds the start of the key. Undefined for a key too
 * short to be a secret.
 */
export function keyPattern(key: string): RegExp | undefined {
  if (key.length < MIN_KEY_CHARACTERS) return undefined;
  const bytes = Buffer.from(key);
  const forms = [
    Array.from(key, plainDigit),
    Array.from(bytes.toString('hex'), (digit) => `[${digit}${digit.toUpperCase()}]`),
    ...ALIGNMENTS.map((before) => Array.from(base64Within(bytes, before), base64Digit)),
  ];
  return new RegExp(forms.map(wholeOrCut).join('|'));
}

/** The base64 digits that depend on the key alone, when `before` bytes precede it. */
function base64Within(bytes: Buffer, before: number): string {
  const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const start = Math.ceil((before * BITS_OF_BYTE) / BITS_OF_DIGIT);
  const end = Math.floor(((before + bytes.length) * BITS_OF_BYTE) / BITS_OF_DIGIT);
  return digits.slice(start, end);
}

/** Matches a character plain, escaped for JSON, or percent-encoded. */
function plainDigit(character: string): string {
  const encoded = encodeURIComponent(character);
  const percent = encoded === character ? [] : [anyCase(encoded)];
  const literal = /\w/.test(character) ? character : `\\\\?\\${character}`;
  return `(?:${[literal, ...percent].join('|')})`;
}

/** Matches a digit in either base64 alphabet, also percent-encoded or escaped for JSON. */
function base64Digit(digit: string, index: number): string {
  const lineBreak = index === 0 ? '' : LINE_BREAK;
  if (digit === '+') return `${lineBreak}(?:[+-]|%2[Bb])`;
  if (digit === '/') return String.raw`${lineBreak}(?:\\?/|_|%2[Ff])`;
  return lineBreak + digit;
}

function anyCase(percent: string): string {
  return percent.replaceAll(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`);
}

function wholeOrCut(digits: readonly string[]): string {
  const beginning = digits.slice(0, MIN_BEGINNING).join('');
  const rest = digits.slice(MIN_BEGINNING);
  const cut = rest.reduceRight((tail, digit) => `(?:${digit}${tail})?`, '');
  return `${beginning}(?:${rest.join('')}|${cut}$)`;
}
