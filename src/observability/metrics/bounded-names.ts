const OTHER = 'other';
const MAX_CHARACTERS = 100;

/** Lets so many distinct names become labels: a label that strangers can choose would grow without end. */
export class BoundedNames {
  private readonly known = new Set<string>();

  constructor(private readonly maxNames = 100) {}

  /** The name itself, or `other` for one too many, or too long. */
  accept(name: string): string {
    if (this.known.has(name)) return name;
    if (this.known.size >= this.maxNames || name.length > MAX_CHARACTERS) return OTHER;
    this.known.add(name);
    return name;
  }
}
