import { type JsonObject, NOT_NULL, ruleDecorator } from './rule.js';

/** Lengths in UTF-16 code units. The pattern must match the whole text; it is anchored here. */
export interface TextRule {
  min?: number;
  max?: number;
  pattern?: string;
}

/** A string; with `each`, a list of strings. */
export function Text(rule: TextRule = {}, options: { each?: boolean } = {}): PropertyDecorator {
  const { accepts, constraint } = textRule(rule);
  return ruleDecorator({ name: 'text', schema: textSchema(rule), accepts, constraint }, options);
}

function textSchema({ min, max, pattern }: TextRule): JsonObject {
  return {
    type: 'string',
    ...(min !== undefined && { minLength: min }),
    ...(max !== undefined && { maxLength: max }),
    ...(pattern !== undefined && { pattern: `^(?:${pattern})$` }),
  };
}

/** The rule of a string. The length is checked before the pattern, so that no pattern runs over megabytes. */
export function textRule({ min = 0, max = Infinity, pattern }: TextRule) {
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`);
  const fits = (text: string) => text.length >= min && text.length <= max;
  return {
    accepts: (value: unknown): value is string =>
      typeof value === 'string' && fits(value) && (whole === undefined || whole.test(value)),
    constraint: (value: unknown): string => {
      if (value == null) return NOT_NULL;
      if (typeof value !== 'string') return 'Member must be a string';
      if (value.length < min) return `Member must have length greater than or equal to ${min}`;
      if (value.length > max) return `Member must have length less than or equal to ${max}`;
      return `Member must satisfy regular expression pattern: ${pattern}`;
    },
  };
}
