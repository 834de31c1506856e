type Container = Record<string, unknown>;

/** The value at a dotted, 0-based path in parsed JSON; undefined if the path does not exist. */
export function valueAt(json: unknown, path: string): unknown {
  // a value without such a member gives undefined
  return segmentsOf(path).reduce<unknown>(
    (value, segment) => (value as Container | undefined)?.[segment],
    json,
  );
}

/** A copy with another value at the path; `undefined` removes the member or the element. */
export function withValueAt<Json>(json: Json, path: string, value: unknown): Json {
  const copy = JSON.parse(JSON.stringify(json)) as Json; // JSON stays what it is, and no part of it is shared
  const segments = segmentsOf(path);
  const last = segments.pop() ?? '';
  const container = valueAt(copy, segments.join('.')) as Container; // the caller names a member that is there
  if (value === undefined && Array.isArray(container)) container.splice(Number(last), 1);
  else if (value === undefined) delete container[last];
  else container[last] = value;
  return copy;
}

/** The paths of all values below the outermost. */
export function pathsIn(json: unknown, path = ''): string[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [here].concat(pathsIn(value, here));
  });
}

function segmentsOf(path: string): string[] {
  return path === '' ? [] : path.split('.');
}
