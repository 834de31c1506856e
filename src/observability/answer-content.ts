import type { ValueOrigin } from './call-transcript.js';

/** Tells, when somebody asks, how an answer in a native format was written from a Converse answer. */
export interface NativeOrigins {
  /** Paths in the native answer, from paths in the Converse answer. */
  answer?: () => readonly ValueOrigin[];
  /** Converse events → for each native one the indexes of those that it was made of. */
  events?: (events: readonly object[]) => readonly (readonly number[])[];
}

/** The answer of a request, or the events of its stream, with their times. Kept only for the prompt log and the inspector. */
export class AnswerContent {
  /** Set where the client's format is another than Converse's. */
  native?: NativeOrigins;
  /** The body as it was sent, of an answer that is no stream. */
  body?: string | Buffer;
  readonly items: object[] = [];
  /** When each item was written, on the clock of `performance`. */
  readonly atMs: number[] = [];
  private bytes = 0;

  /** @param maxBytes what comes after so many bytes is dropped */
  constructor(private readonly maxBytes = Infinity) {}

  add(items: readonly object[], bytes: number): void {
    if (this.bytes > this.maxBytes) return;
    this.bytes += bytes;
    const now = performance.now();
    for (const item of items) {
      this.items.push(item);
      this.atMs.push(now);
    }
  }

  get isCut(): boolean {
    return this.bytes > this.maxBytes;
  }
}
