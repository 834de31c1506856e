import type { CallOrigin } from './call.js';

type Source = Pick<CallOrigin, 'from' | 'isCopy'>;

/** Finds where values come from, by the most specific record. The page uses this too. */
export class Origins {
  readonly #byPath: ReadonlyMap<string, CallOrigin>;

  constructor(origins: readonly CallOrigin[]) {
    this.#byPath = new Map(origins.map((origin) => [origin.path, origin]));
  }

  /** JSON paths on the other side, or words such as `route`. None when nothing was recorded. */
  of(path: string): readonly string[] {
    return this.sourceOf(path)?.from ?? [];
  }

  sourceOf(path: string): Source | undefined {
    const found = this.#nearest(path);
    if (found === undefined || !found.isCopy) return found;
    const rest = path.slice(found.path.length).replace(/^\./, '');
    return { from: found.from.map((from) => joined(from, rest)), isCopy: true };
  }

  /** The record of the value, or else of the nearest one around it. The empty path is that of the whole. */
  #nearest(path: string): CallOrigin | undefined {
    let outer = path;
    while (outer !== '' && !this.#byPath.has(outer))
      outer = outer.slice(0, Math.max(0, outer.lastIndexOf('.')));
    return this.#byPath.get(outer);
  }
}

/** Origins in a value that was made of another one, told in the values that the other one was made of. */
export function composed(outer: readonly CallOrigin[], inner: readonly CallOrigin[]): CallOrigin[] {
  const origins = new Origins(inner);
  return outer.map(({ path, from, isCopy }) => {
    const sources = from.map((source) => origins.sourceOf(source) ?? { from: [source], isCopy: false });
    return {
      path,
      from: [...new Set(sources.flatMap((source) => source.from))],
      isCopy: isCopy && sources.every((source) => source.isCopy),
    };
  });
}

function joined(path: string, rest: string): string {
  return [path, rest].filter((part) => part !== '').join('.');
}
