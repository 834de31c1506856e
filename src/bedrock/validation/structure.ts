import { NOT_NULL } from './required.decorator.js';
import type { Rule } from './rule.js';

/** A JSON object, as opposed to a list. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const STRUCTURE = {
  name: 'structure',
  accepts: (value: unknown): value is JsonObject =>
    typeof value === 'object' && value !== null && !Array.isArray(value),
  constraint: (value: unknown) => (value == null ? NOT_NULL : 'Member must be an object'),
} satisfies Rule;
