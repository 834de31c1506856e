/** Longer answers are cut, because an endless one would fill the memory. */
const MAX_ANSWER_CHARACTERS = 1_000_000;

/** Where a value of the upstream request comes from. */
export interface ValueOrigin {
  /** JSON path in the upstream request. */
  readonly path: string;
  /** JSON paths in the translated request, or `route`, `dialect`, `default`. */
  readonly from: readonly string[];
  /** The paths inside of the value are the same on both sides. */
  readonly isCopy: boolean;
}

/** A part of the answer: where it ends in the text, and when it came, on the clock of `performance`. */
export interface AnswerPart {
  readonly endsAt: number;
  readonly atMs: number;
}

/** The request and the answer of one call, as they were on the wire. Kept only when prompts are logged or inspected. */
export class CallTranscript {
  request = '';
  answer = '';
  /** In the order of their arrival. */
  parts: AnswerPart[] = [];
  private listOrigins?: () => readonly ValueOrigin[];
  private decoder = new TextDecoder();

  /** @param list is called only if somebody wants to know, because it takes time */
  setOrigins(list: () => readonly ValueOrigin[]): void {
    this.listOrigins = list;
  }

  get origins(): readonly ValueOrigin[] {
    return this.listOrigins?.() ?? [];
  }

  sent(body: string | Buffer): void {
    this.request = body.toString();
    this.answer = '';
    this.parts = [];
    this.decoder = new TextDecoder();
  }

  received(part: string | readonly Buffer[]): void {
    if (this.answer.length >= MAX_ANSWER_CHARACTERS) return;
    const text = typeof part === 'string' ? part : this.decode(part);
    this.answer = (this.answer + text).slice(0, MAX_ANSWER_CHARACTERS);
    this.parts.push({ endsAt: this.answer.length, atMs: performance.now() });
  }

  private decode(parts: readonly Buffer[]): string {
    return parts.map((part) => this.decoder.decode(part, { stream: true })).join('');
  }
}
