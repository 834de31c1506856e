/** Stands before and after the number of a mark: characters for private use, which no format writes. */
const [BEFORE, AFTER] = ['\u{e000}', '\u{e001}'];
const MARKS = /\u{e000}(\d+)\u{e001}/gu;
/** The marks of numbers are powers of two, so that a sum still tells its parts. */
const [FIRST_BIT, LAST_BIT] = [20, 50];

/**
 * Values that stand for those of an answer. A writer that is run on them shows what it makes of which value: no value is
 * compared with another, so equal values stay apart.
 */
export class ValueMarks {
  readonly #paths: string[] = [];
  readonly #numbers: string[] = [];
  readonly #objects = new Map<object, string>();

  text(path: string): string {
    this.#paths.push(path);
    return `${BEFORE}${this.#paths.length - 1}${AFTER}`;
  }

  /** Zero, which tells nothing, when there are no more marks. */
  number(path: string): number {
    if (FIRST_BIT + this.#numbers.length > LAST_BIT) return 0;
    this.#numbers.push(path);
    return 2 ** (FIRST_BIT + this.#numbers.length - 1);
  }

  /** An object that may be copied, or written as JSON text. */
  object(path: string): Record<string, unknown> {
    const marked = { [this.text(path)]: true };
    this.#objects.set(marked, path);
    return marked;
  }

  /** A copy of a value whose texts and numbers are marks. */
  inside<Value>(value: Value, path: string): Value {
    return this.#marked(value, path) as Value; // of the same shape
  }

  /** The path of an object that was copied as it is. */
  copyOf(value: unknown): string | undefined {
    return typeof value === 'object' && value !== null ? this.#objects.get(value) : undefined;
  }

  /** The paths of the values that a written text or number was made of. */
  sourcesOf(written: unknown): string[] {
    if (typeof written === 'number')
      return this.#numbers.filter((_, index) => hasBit(written, FIRST_BIT + index));
    if (typeof written !== 'string') return [];
    const paths = [...written.matchAll(MARKS)].map(([, index]) => this.#paths[Number(index)] ?? '');
    return [...new Set(paths)];
  }

  #marked(value: unknown, path: string): unknown {
    if (typeof value === 'string') return this.text(path);
    if (typeof value === 'number') return this.number(path);
    if (Array.isArray(value)) return value.map((entry, index) => this.#marked(entry, `${path}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, member]) => [
      name,
      this.#marked(member, `${path}.${name}`),
    ]);
    return Object.fromEntries(members) as unknown;
  }
}

function hasBit(value: number, bit: number): boolean {
  return Math.floor(value / 2 ** bit) % 2 === 1;
}
