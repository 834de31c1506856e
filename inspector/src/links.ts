import type { CallOrigin } from '../../src/inspector/call.ts';
import { Origins } from '../../src/inspector/origin-of.ts';

/** Which members of two sides belong together, by what the translation recorded of the one. */
export class Links {
  readonly #origins: Origins;

  constructor(origins: readonly CallOrigin[]) {
    this.#origins = new Origins(origins);
  }

  /** A path of the side that was made → paths of the side that it was made of, or words. */
  sourcesOf(path: string): readonly string[] {
    return this.#origins.of(path);
  }

  /** Whether a member was made of the other side's member, or of something inside of it. */
  isFrom(path: string, source: string): boolean {
    return this.sourcesOf(path).some((from) => isWithin(from, source) || isWithin(source, from));
  }

  /** Whether something that a member was made of holds the other side's member. */
  isSource(source: string, path: string): boolean {
    return this.sourcesOf(path).some((from) => isWithin(source, from));
  }
}

function isWithin(path: string, outer: string): boolean {
  return outer === '' || path === outer || path.startsWith(`${outer}.`);
}

/** `messages.*.content.*.cachePoint` matches paths with any index. */
export function matchesCollapsed(path: string, collapsed: string): boolean {
  const parts = path.split('.');
  const pattern = collapsed.split('.');
  return parts.length === pattern.length && pattern.every((part, at) => part === '*' || part === parts[at]);
}
