/** How many bytes of request bodies the process may hold at once, those of its other requests included. */
export class BodyRoom {
  private taken = 0;

  /** @param noRoom what is thrown then */
  constructor(
    private readonly maxBytes: number,
    private readonly noRoom: () => Error,
  ) {}

  get takenBytes(): number {
    return this.taken;
  }

  /** For so many bytes more, beside `ownBytes` of the same body. A body that is alone always has room. */
  has(bytes: number, ownBytes = 0): boolean {
    return this.taken === ownBytes || this.taken + bytes <= this.maxBytes;
  }

  take(bytes: number, ownBytes: number): void {
    if (!this.has(bytes, ownBytes)) throw this.noRoom();
    this.taken += bytes;
  }

  giveBack(bytes: number): void {
    this.taken -= bytes;
  }
}
