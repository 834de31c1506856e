/** The paths of all values that hold no other values. */
export function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([name, member]) =>
    leavesOf(member, path === '' ? name : `${path}.${name}`),
  );
}

/** Names may hold dots themselves. */
export function isThere(value: unknown, path: readonly string[]): boolean {
  if (path.length === 0) return value !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  return path.some((_, index) => {
    const name = path.slice(0, index + 1).join('.');
    return (
      Object.hasOwn(value, name) && isThere((value as Record<string, unknown>)[name], path.slice(index + 1))
    );
  });
}
