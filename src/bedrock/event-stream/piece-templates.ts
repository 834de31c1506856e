import { PieceTemplate } from './piece-template.js';

/** Templates are kept for the first blocks only, since answers rarely have more. */
const MAX_KEPT = 16;

/** The templates of one kind of chunk, by block index. */
export class PieceTemplates {
  readonly #byIndex: PieceTemplate[] = [];

  /** @param toChunk writes the piece once and unchanged, and nothing that depends on it */
  constructor(private readonly toChunk: (index: number, piece: string) => object) {}

  /** Undefined for blocks so far behind that no template is kept for them. */
  of(index: number): PieceTemplate | undefined {
    if (index >= MAX_KEPT) return undefined;
    return (this.#byIndex[index] ??= new PieceTemplate((piece) => this.toChunk(index, piece)));
  }
}
