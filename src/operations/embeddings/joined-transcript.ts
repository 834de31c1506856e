import type { Transcript } from '../../openai/upstream-call.js';

/** What several calls have sent and received → the transcript of one call, in the order of the calls. */
export class JoinedTranscript {
  readonly #requests: (string | Buffer)[] = [];
  readonly #answers: (string | Buffer)[][] = [];

  constructor(private readonly whole: Transcript) {}

  /** The transcript of one call. */
  of(index: number): Transcript {
    return {
      sent: (body) => {
        this.#requests[index] = body;
        this.#answers[index] = [];
      },
      received: (part) =>
        void (this.#answers[index] ??= []).push(...(typeof part === 'string' ? [part] : part)),
    };
  }

  /** Hands over what the calls have sent and received, when all are over. */
  end(): void {
    this.whole.sent(joined(this.#requests.map(String)));
    this.whole.received(joined(this.#answers.map(textOf)));
  }
}

function textOf(parts: readonly (string | Buffer)[]): string {
  const [first = ''] = parts;
  if (parts.length === 1) return String(first);
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))).toString();
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}
