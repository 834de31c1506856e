/** Shorter ones are placeholders, such as `EMPTY`, `none` and `ollama`: words of error messages too. */
const MIN_KEY_CHARACTERS = 7;

/** Of an encoded key that a text ends within: a shorter beginning tells nothing. */
const MIN_BEGINNING = 6;

const BITS_OF_BYTE = 8;
const BITS_OF_DIGIT = 6;
/** Where a byte may stand in a group of base64, which is four digits for three bytes. */
const ALIGNMENTS = [0, 1, 2];

/** Servers break long base64 into lines, and JSON escapes the breaks. */
const LINE_BREAK = String.raw`(?:\\[rn]|[\r\n])*`;

/**
 * A key → what finds it in a text: as it is, percent-encoded, in hex, and in base64 or base64url with anything before
 * and behind it (`user:key`, `Bearer key`), whole or, where the text was cut, its beginning. Undefined for what is no
 * secret.
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

/** The digits that the key alone decides, with so many bytes before it. */
function base64Within(bytes: Buffer, before: number): string {
  const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const start = Math.ceil((before * BITS_OF_BYTE) / BITS_OF_DIGIT);
  const end = Math.floor(((before + bytes.length) * BITS_OF_BYTE) / BITS_OF_DIGIT);
  return digits.slice(start, end);
}

/** A character as it is, escaped for JSON, or percent-encoded. */
function plainDigit(character: string): string {
  const encoded = encodeURIComponent(character);
  const percent = encoded === character ? [] : [anyCase(encoded)];
  const literal = /\w/.test(character) ? character : `\\\\?\\${character}`;
  return `(?:${[literal, ...percent].join('|')})`;
}

/** Either alphabet, percent-encoded or escaped for JSON as it may be. */
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
