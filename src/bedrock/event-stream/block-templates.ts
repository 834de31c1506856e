/** Templates are kept for the first blocks only, since answers rarely have more. */
const MAX_KEPT = 16;

/** The templates of one kind of delta, by the index of its block. */
export class BlockTemplates<Template> {
  readonly #byIndex: Template[] = [];

  constructor(private readonly build: (index: number) => Template) {}

  /** Undefined for blocks so far behind that no template is kept for them. */
  of(index: number): Template | undefined {
    if (index >= MAX_KEPT) return undefined;
    return (this.#byIndex[index] ??= this.build(index));
  }
}
