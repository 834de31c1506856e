/** The answer of a request, or the events of its stream, with their times. Kept only for the prompt log and the inspector. */
export class AnswerContent {
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
