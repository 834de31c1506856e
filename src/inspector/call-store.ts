import type { Call, CallSummary } from './call.js';

interface Stored {
  readonly call: Call;
  readonly summary: CallSummary;
  readonly bytes: number;
}

/** The last calls, in memory alone: at most so many, and so many bytes. */
export class CallStore {
  /** From the oldest to the newest. */
  readonly #calls = new Map<string, Stored>();
  readonly #listeners = new Set<(summary: CallSummary) => void>();
  #bytes = 0;

  constructor(
    private readonly maxCalls: number,
    private readonly maxBytes: number,
  ) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** From the newest to the oldest. */
  list(): CallSummary[] {
    return [...this.#calls.values()].map(({ summary }) => summary).toReversed();
  }

  get(id: string): Call | undefined {
    return this.#calls.get(id)?.call;
  }

  add(call: Call, summary: CallSummary): void {
    const bytes = bytesOf(call);
    this.#calls.set(call.id, { call, summary, bytes });
    this.#bytes += bytes;
    for (const [id, stored] of this.#calls) {
      if (this.#calls.size <= this.maxCalls && this.#bytes <= this.maxBytes) break;
      this.#calls.delete(id);
      this.#bytes -= stored.bytes;
    }
    for (const listener of this.#listeners) listener(summary);
  }

  clear(): void {
    this.#calls.clear();
    this.#bytes = 0;
  }

  /** @returns a function that ends it */
  onAdd(listener: (summary: CallSummary) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** For what a call holds besides its bodies. */
const OTHER_BYTES = 2_048;
/** A text takes two bytes a character unless all are Latin. */
const CHARACTER_BYTES = 2;
const PIECE_BYTES = 64;
const ORIGIN_BYTES = 256;

function bytesOf({ request, answer, pieces, calls }: Call): number {
  let bytes = OTHER_BYTES + pieces.length * PIECE_BYTES;
  bytes += (request.text.length + answer.text.length) * CHARACTER_BYTES;
  for (const attempt of calls) {
    bytes += (attempt.request.text.length + attempt.answer.text.length) * CHARACTER_BYTES;
    bytes += attempt.pieces.length * PIECE_BYTES + attempt.origins.length * ORIGIN_BYTES;
  }
  return bytes;
}
