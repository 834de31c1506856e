/** Characters of a value. Bedrock takes no more. */
const MAX_VALUE = 256;
/** Control characters and line separators would let a value look like more than one line. */
const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029]/gu;

/** The values of `requestMetadata` by their keys. */
export type RequestMetadata = Readonly<Record<string, unknown>>;

/**
 * Request metadata → the values of some of its keys, without control characters and with at most 256 characters each.
 * Values that are not strings are left out. Undefined when nothing is left.
 */
export function namedMetadata(
  metadata: RequestMetadata,
  keys: readonly string[],
): Record<string, string> | undefined {
  if (keys.length === 0) return undefined;
  const named = keys.flatMap((key) => {
    const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    return typeof value === 'string' ? [[key, cleaned(value)] as const] : [];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

function cleaned(value: string): string {
  return value.replace(CONTROL_CHARACTERS, '').slice(0, MAX_VALUE);
}
