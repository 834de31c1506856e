/** A JSON object, or undefined for anything else, also for arrays and null. */
export function objectOf(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? value : undefined;
}

/** The value if it is an object at runtime as its type says, or undefined. */
export function asObject<Value extends object>(value: Value | null | undefined): Value | undefined {
  return value != null && objectOf(value) !== undefined ? value : undefined;
}

/** A non-empty string, or undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entries of an array; none for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of an array; none for anything else. */
export function objectsOf(value: unknown): Record<string, unknown>[] {
  return listOf(value)
    .map(objectOf)
    .filter((entry) => entry !== undefined);
}

/** JSON text → its object; undefined when the text is not JSON, or not an object. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether a path is a JSON Pointer (RFC 6901) to a member. */
export function isJsonPointer(path: string): boolean {
  return path.startsWith('/') && !/~(?![01])/.test(path);
}

/** Whether a JSON value nests at most `levels` deep. Deep nesting overflows the stack of JSON.stringify. */
export function nestsWithin(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  return levels > 0 && Object.values(value).every((member) => nestsWithin(member, levels - 1));
}

/** The same limit as for request bodies. */
export const MAX_LEVELS = 100;

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
