import { StringDecoder } from 'node:string_decoder';

/** Longer answers are cut, because an endless one would fill the memory. */
const MAX_ANSWER_CHARACTERS = 1_000_000;

/** Where a value of the upstream request, or of an answer, comes from. */
export interface ValueOrigin {
  /** JSON path in what was translated. */
  readonly path: string;
  /** JSON paths on the other side of the translation, or `route`, `dialect`, `default`. */
  readonly from: readonly string[];
  /** The paths inside of the value are the same on both sides. */
  readonly isCopy: boolean;
}

/** A part of the answer: where it ends in the text, and when it came, on the clock of `performance`. */
export interface AnswerPart {
  readonly endsAt: number;
  readonly atMs: number;
}

/** An event of a stream, and the indexes of the parts of the upstream's stream that it was made of. */
export interface EventOrigin {
  readonly event: object;
  readonly from: readonly number[];
}

/** Tells, when somebody asks, where the parts of a translation come from. Asking takes as long as translating. */
export interface TranslationOrigins {
  /** Of the upstream request. */
  request?: () => readonly ValueOrigin[];
  /** Of a whole answer. */
  answer?: () => readonly ValueOrigin[];
  /** Of the events of a stream, which is given in parts. */
  events?: (parts: readonly string[]) => readonly EventOrigin[];
}

type Part = string | readonly Buffer[];

/**
 * The request and the answer of one call, as they were on the wire, and what knows how they were translated. Kept only
 * when prompts are logged or inspected. Bytes are decoded when somebody reads them: of most calls nobody does.
 */
export class CallTranscript {
  readonly origins: TranslationOrigins = {};
  #request: string | Buffer = '';
  #received: Part[] = [];
  #receivedAtMs: number[] = [];
  #receivedLength = 0;

  get request(): string {
    return this.#request.toString();
  }

  get answer(): string {
    return this.read().answer;
  }

  get isAnswered(): boolean {
    return this.#receivedLength > 0;
  }

  sent(body: string | Buffer): void {
    this.#request = body;
    this.#received = [];
    this.#receivedAtMs = [];
    this.#receivedLength = 0;
  }

  received(part: Part): void {
    if (this.#receivedLength >= MAX_ANSWER_CHARACTERS) return;
    this.#receivedLength += lengthOf(part);
    this.#received.push(part);
    this.#receivedAtMs.push(performance.now());
  }

  /** The answer as text, and its parts in the order of their arrival. */
  read(): { readonly answer: string; readonly parts: readonly AnswerPart[] } {
    const decoder = new StringDecoder('utf8');
    const parts: AnswerPart[] = [];
    let answer = '';
    for (const [index, part] of this.#received.entries()) {
      answer += typeof part === 'string' ? part : part.map((bytes) => decoder.write(bytes)).join('');
      const endsAt = Math.min(answer.length, MAX_ANSWER_CHARACTERS);
      parts.push({ endsAt, atMs: this.#receivedAtMs[index] ?? 0 });
    }
    return { answer: answer.slice(0, MAX_ANSWER_CHARACTERS), parts };
  }
}

function lengthOf(part: Part): number {
  if (typeof part === 'string') return part.length;
  let bytes = 0;
  for (const { length } of part) bytes += length;
  return bytes;
}
