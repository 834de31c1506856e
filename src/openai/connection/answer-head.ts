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
 * Turns `100 Continue` into `102 Processing` in the bytes of an answer, which may come in pieces of any size. Some
 * servers and proxies send `100 Continue` although nobody asked for it, and undici then closes the connection. It
 * ignores all other interim answers (1xx), of which there may be any number before the final one.
 */
export class AnswerHead {
  #isExpected = false;
  /** Offset in the status line, up to the end of the status. */
  #offset = 0;
  #isStatus10x = false;
  /** Length of the current header line of an interim answer. */
  #lineLength = 0;

  /** A request is sent, so the next byte is the first of its answer. */
  expect(): void {
    this.#isExpected = true;
    this.#offset = 0;
  }

  /** Changes the bytes in place. After the status of the final answer it does nothing. */
  pass(bytes: Buffer): void {
    for (let index = 0; this.#isExpected && index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (this.#offset > THIRD_DIGIT) this.#passField(byte);
      else if (this.#offset > 0 || !isLineEnd(byte)) bytes[index] = this.#passStatus(byte);
    }
  }

  /** → the byte that replaces it. */
  #passStatus(byte: number): number {
    const offset = this.#offset;
    this.#offset += 1;
    if (offset === FIRST_DIGIT) this.#isExpected = byte === DIGIT_1;
    if (offset === SECOND_DIGIT) this.#isStatus10x = byte === DIGIT_0;
    if (offset !== THIRD_DIGIT) return byte;
    this.#lineLength = offset;
    return this.#isStatus10x && byte === DIGIT_0 ? DIGIT_2 : byte;
  }

  /** An empty line ends an interim answer. The next answer follows. */
  #passField(byte: number): void {
    if (byte === LINE_FEED && this.#lineLength === 0) this.#offset = 0;
    if (byte === LINE_FEED) this.#lineLength = 0;
    else if (byte !== CARRIAGE_RETURN) this.#lineLength += 1;
  }
}

function isLineEnd(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}
