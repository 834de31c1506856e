const OTHER = 'other';
const MAX_CHARACTERS = 100;

/** Limits the distinct names of a label. Clients choose them, so the number of series could grow without end. */
export class BoundedNames {
  private readonly known = new Set<string>();

  constructor(private readonly maxNames = 100) {}

  /** The name itself, or `other` when the limit is reached or the name is too long. */
  accept(name: string): string {
    if (this.known.has(name)) return name;
    if (this.known.size >= this.maxNames || name.length > MAX_CHARACTERS) return OTHER;
    this.known.add(name);
    return name;
  }
}
