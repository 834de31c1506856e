/** Longer answers are cut, because an endless one would fill the memory. */
const MAX_ANSWER_CHARACTERS = 1_000_000;

/** The request and the answer of one call, as they were on the wire. Kept only when prompts are logged. */
export class CallTranscript {
  request = '';
  answer = '';
  private decoder = new TextDecoder();

  sent(body: string | Buffer): void {
    this.request = body.toString();
    this.answer = '';
    this.decoder = new TextDecoder();
  }

  received(part: string | readonly Buffer[]): void {
    const text = typeof part === 'string' ? part : this.decode(part);
    this.answer = (this.answer + text).slice(0, MAX_ANSWER_CHARACTERS);
  }

  private decode(parts: readonly Buffer[]): string {
    return parts.map((part) => this.decoder.decode(part, { stream: true })).join('');
  }
}
