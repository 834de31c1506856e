import type { Extraction } from './document-formats.js';

const BYTES_PER_CHARACTER = 2;
/** What an entry takes beside its text. */
const ENTRY_BYTES = 256;

/**
 * What documents became, so that a conversation that sends the same document with every turn has it parsed once. It holds
 * at most `maxBytes`; what has not been used for the longest time goes first.
 */
export class ExtractionCache {
  readonly #entries = new Map<string, Extraction>();
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string): Extraction | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // a Map keeps the order of insertion
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, extraction: Extraction): void {
    const bytes = sizeOf(extraction);
    this.#delete(key);
    if (bytes > this.maxBytes) return;
    this.#entries.set(key, extraction);
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.maxBytes) return;
      this.#delete(oldest);
    }
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= sizeOf(entry);
  }
}

/** Base64 takes a byte a character, other text two at most. */
function sizeOf(extraction: Extraction): number {
  if ('refusal' in extraction) return extraction.refusal.length * BYTES_PER_CHARACTER + ENTRY_BYTES;
  const { text, pictures } = extraction;
  const pictureBytes = pictures.reduce((bytes, { base64 }) => bytes + base64.length, 0);
  return text.length * BYTES_PER_CHARACTER + pictureBytes + ENTRY_BYTES;
}
