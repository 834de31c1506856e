/** Replaces array indexes by `*`: `messages.0.content.1.cachePoint` → `messages.*.content.*.cachePoint`. */
function collapsePath(path: string): string {
  return path.replaceAll(/(?<=^|\.)\d+(?=\.|$)/g, '*');
}

/** Collapses the indexes of all paths, and removes duplicates. */
export function collapsePaths(paths: readonly string[]): string[] {
  return [...new Set(paths.map(collapsePath))];
}
