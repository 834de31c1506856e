import { wellFormedJson } from '../../openai/well-formed-json.js';
import { MAX_LEVELS, nestsWithin, objectOf } from '../json-value.js';

/**
 * A tool call's `arguments` → `toolUse.input`. Missing arguments become `{}`. Besides JSON text, an object and JSON text
 * that was encoded twice are accepted.
 * @returns undefined when they are malformed: incomplete, not JSON, not an object, or nested too deeply
 */
export function parseToolArguments(raw: unknown): Record<string, unknown> | undefined {
  const value = decode(decode(raw));
  if (value == null) return {};
  const input = objectOf(value);
  return input !== undefined && nestsWithin(input, MAX_LEVELS) ? input : undefined;
}

/** JSON text → its value, blank text → undefined. Any other value is returned as it is. */
function decode(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  try {
    return text === '' ? undefined : JSON.parse(wellFormedJson(text));
  } catch {
    return text;
  }
}
