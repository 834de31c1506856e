/** How many bytes the process may hold at once for one purpose, whoever holds them. */
export class ByteBudget {
  #usedBytes = 0;

  /** @param exhausted what is thrown where there is no room */
  constructor(
    private readonly maxBytes: number,
    private readonly exhausted: () => Error,
  ) {}

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** For so many bytes more, beside `ownBytes` of the same holder. A holder that is alone always has room. */
  hasRoom(bytes: number, ownBytes = 0): boolean {
    return this.#usedBytes === ownBytes || this.#usedBytes + bytes <= this.maxBytes;
  }

  acquire(bytes: number, ownBytes: number): void {
    if (!this.hasRoom(bytes, ownBytes)) throw this.exhausted();
    this.#usedBytes += bytes;
  }

  release(bytes: number): void {
    this.#usedBytes -= bytes;
  }
}

/** What one request holds of a budget, from its first byte until it is closed. */
export class BudgetShare {
  #bytes = 0;
  #isClosed = false;

  constructor(private readonly budget: ByteBudget) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws what the budget throws */
  acquire(bytes: number): void {
    // whoever still reads for a request that is over is told to stop by other means
    if (this.#isClosed) return;
    this.budget.acquire(bytes, this.#bytes);
    this.#bytes += bytes;
  }

  /** At most what is held. */
  release(bytes: number): void {
    const released = Math.min(bytes, this.#bytes);
    this.#bytes -= released;
    this.budget.release(released);
  }

  releaseAll(): void {
    this.release(this.#bytes);
  }

  /** Gives everything back, and takes nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.releaseAll();
  }
}
