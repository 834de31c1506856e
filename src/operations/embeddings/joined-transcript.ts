import type { Transcript } from '../../openai/upstream-call.js';

/** What several calls have sent and received → the transcript of one call, in the order of the calls. */
export class JoinedTranscript {
  readonly #requests: string[] = [];
  readonly #answers: string[] = [];

  constructor(private readonly whole: Transcript) {}

  /** The transcript of one call. */
  of(index: number): Transcript {
    return {
      sent: (body) => {
        this.#requests[index] = body.toString();
        this.#answers[index] = '';
        this.#write();
      },
      received: (part) => {
        const text = typeof part === 'string' ? part : Buffer.concat(part).toString();
        this.#answers[index] = (this.#answers[index] ?? '') + text;
        this.#write();
      },
    };
  }

  #write(): void {
    this.whole.sent(joined(this.#requests));
    this.whole.received(joined(this.#answers));
  }
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}
