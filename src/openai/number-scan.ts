const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const DIGIT_0 = 0x30;
const CLOSE = 0x5d;
/** Makes a letter a small one. */
const SMALL = 0x20;
const SMALL_E = 0x65;

const NONE = -1;
/** A number of so many digits times ten to the power of 99 is finite. */
const MAX_NUMBER_BYTES = 200;
const MAX_EXPONENT_DIGITS = 2;

/** Where a list ends in the bytes, and how many numbers it has. */
interface ScannedNumbers {
  /** The offset behind the closing bracket. */
  readonly end: number;
  readonly length: number;
}

/**
 * Checks that the bytes from the bracket at `start` on are the JSON of a list of finite numbers, at least one, in a fraction
 * of the time in which JSON.parse makes numbers of them.
 *
 * @returns undefined also for lists with numbers so long or so large that only parsing tells whether they are finite
 */
export function scanNumbers(bytes: Uint8Array, start: number): ScannedNumbers | undefined {
  let offset = afterSpaces(bytes, start + 1);
  for (let length = 1; ; length += 1) {
    const end = endOfNumber(bytes, offset);
    if (end === NONE || end - offset > MAX_NUMBER_BYTES) return undefined;
    offset = afterSpaces(bytes, end);
    if (bytes[offset] === CLOSE) return { end: offset + 1, length };
    if (bytes[offset] !== COMMA) return undefined;
    offset = afterSpaces(bytes, offset + 1);
  }
}

/** Whether a list of numbers may begin with the bracket at `start`: the next byte but spaces begins a number. */
export function mayBeNumbers(bytes: Uint8Array, start: number): boolean {
  const first = bytes[afterSpaces(bytes, start + 1)] ?? 0;
  return first === MINUS || isDigit(first);
}

/** The grammar of https://www.rfc-editor.org/rfc/rfc8259#section-6 */
function endOfNumber(bytes: Uint8Array, start: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start;
  const whole = bytes[first] === DIGIT_0 ? first + 1 : endOfDigits(bytes, first);
  if (whole === first) return NONE;
  const end = bytes[whole] === POINT ? endOfDigits(bytes, whole + 1) : whole;
  if (end === whole + 1) return NONE;
  return isExponent(bytes[end] ?? 0) ? endOfExponent(bytes, end + 1) : end;
}

function endOfExponent(bytes: Uint8Array, start: number): number {
  const sign = bytes[start];
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  const end = endOfDigits(bytes, first);
  const isSmall = sign === MINUS || end - first <= MAX_EXPONENT_DIGITS;
  return end > first && isSmall ? end : NONE;
}

function endOfDigits(bytes: Uint8Array, start: number): number {
  let offset = start;
  while (isDigit(bytes[offset] ?? 0)) offset += 1;
  return offset;
}

function afterSpaces(bytes: Uint8Array, start: number): number {
  let offset = start;
  while (isSpace(bytes[offset] ?? 0)) offset += 1;
  return offset;
}

/** The digits alone differ from 0 in no other bits than those of a number up to 9. */
function isDigit(byte: number): boolean {
  return (byte ^ DIGIT_0) <= 9;
}

function isExponent(byte: number): boolean {
  return (byte | SMALL) === SMALL_E;
}

function isSpace(byte: number): boolean {
  return byte <= SPACE && (byte === SPACE || byte === LINE_FEED || byte === TAB || byte === CARRIAGE_RETURN);
}
