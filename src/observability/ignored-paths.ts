/** JSON path → the same for every element of an array: `messages.0.content.1.cachePoint` → `messages.*.content.*.cachePoint`. */
function collapsePath(path: string): string {
  return path.replaceAll(/(?<=^|\.)\d+(?=\.|$)/g, '*');
}

/** Each collapsed path once. */
export function collapsePaths(paths: readonly string[]): string[] {
  return [...new Set(paths.map(collapsePath))];
}
