import { wellFormedJson } from '../../openai/well-formed-json.js';
import { MAX_LEVELS, nestsWithin, objectOf } from '../json-value.js';

/**
 * A tool call's `arguments` → `toolUse.input`. No arguments are `{}`; objects that are no text, and text encoded
 * twice, are understood.
 * @returns undefined when they are malformed: cut, not JSON, no object, or too deep to be passed on.
 */
export function parseToolArguments(raw: unknown): Record<string, unknown> | undefined {
  const value = decode(decode(raw));
  if (value == null) return {};
  const input = objectOf(value);
  return input !== undefined && nestsWithin(input, MAX_LEVELS) ? input : undefined;
}

/** JSON text → its value; blank text is none, and what is not JSON text stays what it is. */
function decode(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  try {
    return text === '' ? undefined : JSON.parse(wellFormedJson(text));
  } catch {
    return text;
  }
}
