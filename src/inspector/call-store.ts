import type { Call, CallSummary } from './call.js';

interface Numbered {
  readonly summary: CallSummary;
  /** In the order in which the calls ended. */
  readonly number: number;
}

interface Stored extends Numbered {
  readonly call: Call;
  readonly bytes: number;
}

/** The last calls, in memory alone: at most so many, and so many bytes. */
export class CallStore {
  /** From the oldest to the newest. */
  readonly #calls = new Map<string, Stored>();
  readonly #listeners = new Set<(summary: CallSummary) => void>();
  /** Of calls of which only the line is held. A ring, because there are many where there are any. */
  readonly #lines: Numbered[] = [];
  #bytes = 0;
  /** Of what was added last. */
  #number = 0;
  #toldNumber = 0;
  #oldestLine = 0;

  constructor(
    private readonly maxCalls: number,
    private readonly maxBytes: number,
  ) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** From the newest to the oldest. */
  list(): CallSummary[] {
    return [...this.#calls.values(), ...this.#lines]
      .toSorted((one, other) => other.number - one.number)
      .slice(0, this.maxCalls)
      .map(({ summary }) => summary);
  }

  line(id: string): CallSummary | undefined {
    return this.#lines.find(({ summary }) => summary.id === id)?.summary;
  }

  /** The last lines that were added since this was asked before, at most so many. */
  newLines(count: number): CallSummary[] {
    const lines = this.#lines.filter(({ number }) => number > this.#toldNumber);
    this.#toldNumber = this.#number;
    return lines
      .toSorted((one, other) => one.number - other.number)
      .slice(-count)
      .map(({ summary }) => summary);
  }

  addLine(summary: CallSummary): void {
    this.#number += 1;
    const line = { summary, number: this.#number };
    if (this.#lines.length < this.maxCalls) {
      this.#lines.push(line);
      return;
    }
    this.#lines[this.#oldestLine] = line;
    this.#oldestLine = (this.#oldestLine + 1) % this.maxCalls;
  }

  get(id: string): Call | undefined {
    return this.#calls.get(id)?.call;
  }

  add(call: Call, summary: CallSummary): void {
    const bytes = bytesOf(call);
    this.#number += 1;
    this.#calls.set(call.id, { call, summary, bytes, number: this.#number });
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
    this.#lines.length = 0;
    this.#oldestLine = 0;
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
const TIME_BYTES = 8;
const ORIGIN_BYTES = 256;

function bytesOf({ request, answer, timesMs, answerOrigins, calls }: Call): number {
  let bytes = OTHER_BYTES + timesMs.length * TIME_BYTES + answerOrigins.length * ORIGIN_BYTES;
  bytes += (request.text.length + answer.text.length) * CHARACTER_BYTES;
  for (const attempt of calls) {
    bytes += (attempt.request.text.length + attempt.answer.text.length) * CHARACTER_BYTES;
    bytes += attempt.timesMs.length * TIME_BYTES + attempt.origins.length * ORIGIN_BYTES;
  }
  return bytes;
}
