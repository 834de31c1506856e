/** Origins that are no path: the model table's rule, the kind of server, and the translation itself. */
export type OriginWord = 'route' | 'dialect' | 'default';

/** Where a value that was translated comes from. */
export interface Origin {
  /** JSON path in the result. It also applies to what is inside, unless that has an origin of its own. */
  readonly path: string;
  /** JSON paths in what was translated, or words. */
  readonly from: readonly string[];
  /** The value was copied, so the paths inside of it are the same on both sides. */
  readonly isCopy: boolean;
}

export type Source = Omit<Origin, 'path'>;

/** The name under which an object's own source is kept. */
const ITSELF = '';

/**
 * Where objects and their members come from. Objects are told apart by identity, so that equal texts stay apart. Only a
 * translation that is repeated for the inspector has such a record.
 */
export class ObjectOrigins {
  readonly #objects = new Map<object, Map<string, Source>>();

  /** The source of an object, and of those of its members that have none of their own. */
  object(target: object, from: readonly string[], isCopy = false): void {
    this.#sourcesOf(target).set(ITSELF, { from, isCopy });
  }

  member<Target extends object>(target: Target, name: keyof Target & string, ...from: string[]): void {
    this.#sourcesOf(target).set(name, { from, isCopy: false });
  }

  /** Undefined members of `paths` are skipped. */
  members<Target extends object>(
    target: Target,
    paths: Readonly<Partial<Record<keyof Target & string, string>>>,
  ): void {
    for (const [name, path] of Object.entries<string | undefined>(paths)) {
      if (path !== undefined) this.#sourcesOf(target).set(name, { from: [path], isCopy: false });
    }
  }

  /** The own sources of objects, each once. */
  originsOf(objects: readonly object[]): string[] {
    return [...new Set(objects.flatMap((object) => this.#objects.get(object)?.get(ITSELF)?.from ?? []))];
  }

  /** `target` is a copy of `other`, or `other` was appended to it. */
  join(target: object, other: object): void {
    const sources = this.#sourcesOf(target);
    for (const [name, { from, isCopy }] of this.#objects.get(other) ?? []) {
      const known = sources.get(name)?.from ?? [];
      sources.set(name, { from: [...new Set([...known, ...from])], isCopy });
    }
  }

  /** The origins of everything inside of a value. The most specific path applies. */
  inside(value: unknown, path = ''): Origin[] {
    const origins: Origin[] = [];
    this.#collect(value, path, origins);
    return origins;
  }

  #collect(value: unknown, path: string, origins: Origin[]): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, source] of this.#objects.get(value) ?? []) {
      origins.push(Object.assign({ path: name === ITSELF ? path : memberOf(path, name) }, source));
    }
    for (const [name, member] of Object.entries(value)) this.#collect(member, memberOf(path, name), origins);
  }

  #sourcesOf(target: object): Map<string, Source> {
    const sources = this.#objects.get(target) ?? new Map<string, Source>();
    this.#objects.set(target, sources);
    return sources;
  }
}

export function fromWord(from: OriginWord): Source {
  return { from: [from], isCopy: false };
}

export function memberOf(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
