import type { CallOrigin } from './call.js';

/**
 * Where a value of the chat request comes from, by the most specific record: JSON paths, or `route`, `dialect`,
 * `default`. Empty when nothing was recorded. The page uses this too.
 */
export function originOf(path: string, origins: readonly CallOrigin[]): readonly string[] {
  let found: CallOrigin | undefined;
  for (const origin of origins) {
    const isInside = path === origin.path || path.startsWith(`${origin.path}.`);
    if (isInside && (found === undefined || origin.path.length >= found.path.length)) found = origin;
  }
  if (found === undefined) return [];
  const rest = path.slice(found.path.length);
  return found.isCopy ? found.from.map((from) => from + rest) : found.from;
}
