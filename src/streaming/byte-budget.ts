/** A limit on the bytes that the whole process may hold in memory at once for one purpose. */
export class ByteBudget {
  #usedBytes = 0;

  /** @param exhausted makes the error that `acquire` throws when there is no room */
  constructor(
    private readonly maxBytes: number,
    private readonly exhausted: () => Error,
  ) {}

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Whether a holder of `ownBytes` may hold `bytes` more. The only holder always may, however large it gets. */
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

/** The part of a budget that one request holds. */
export class BudgetShare {
  #bytes = 0;
  #isClosed = false;

  constructor(private readonly budget: ByteBudget) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws the error of the budget when it has no room */
  acquire(bytes: number): void {
    // bytes may still arrive for a request that is over, until its reader stops
    if (this.#isClosed) return;
    this.budget.acquire(bytes, this.#bytes);
    this.#bytes += bytes;
  }

  /** Releases `bytes`, or all that the share holds if that is less. */
  release(bytes: number): void {
    const released = Math.min(bytes, this.#bytes);
    this.#bytes -= released;
    this.budget.release(released);
  }

  releaseAll(): void {
    this.release(this.#bytes);
  }

  /** Releases everything; the share acquires nothing from then on. */
  close(): void {
    this.#isClosed = true;
    this.releaseAll();
  }
}
