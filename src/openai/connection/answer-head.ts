const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DIGIT_0 = 0x30;
const DIGIT_1 = 0x31;
const DIGIT_2 = 0x32;

/** Offsets of the status's digits in `HTTP/1.1 100 Continue`. */
const FIRST_DIGIT = 9;
const SECOND_DIGIT = 10;
const THIRD_DIGIT = 11;

/**
 * The head of an answer as its bytes come, in whatever pieces. Any number of interim answers (1xx) may stand before
 * the final one. The HTTP client passes over all of them but `100 Continue`, for which it closes the connection
 * because it never asks for one; some servers and proxies send one all the same. Here it becomes `102 Processing`,
 * which says as little.
 */
export class AnswerHead {
  #isExpected = false;
  /** Offset in the status line; it counts no further than the status. */
  #offset = 0;
  #isTenth = false;
  /** Characters of the current line, in the head of an interim answer. */
  #lineLength = 0;

  /** A request goes out: the next byte begins its answer. */
  expect(): void {
    this.#isExpected = true;
    this.#offset = 0;
  }

  /** Changes the bytes in place. For all but the first of an answer it does nothing. */
  pass(bytes: Buffer): void {
    for (let index = 0; this.#isExpected && index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (this.#offset > THIRD_DIGIT) this.#passField(byte);
      else if (this.#offset > 0 || !isLineEnd(byte)) bytes[index] = this.#passStatus(byte);
    }
  }

  /** Gives the byte that is to stand in its place. */
  #passStatus(byte: number): number {
    const offset = this.#offset;
    this.#offset += 1;
    if (offset === FIRST_DIGIT) this.#isExpected = byte === DIGIT_1;
    if (offset === SECOND_DIGIT) this.#isTenth = byte === DIGIT_0;
    if (offset !== THIRD_DIGIT) return byte;
    this.#lineLength = offset;
    return this.#isTenth && byte === DIGIT_0 ? DIGIT_2 : byte;
  }

  /** An empty line ends the head of an interim answer, and another answer begins. */
  #passField(byte: number): void {
    if (byte === LINE_FEED && this.#lineLength === 0) this.#offset = 0;
    if (byte === LINE_FEED) this.#lineLength = 0;
    else if (byte !== CARRIAGE_RETURN) this.#lineLength += 1;
  }
}

function isLineEnd(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}
