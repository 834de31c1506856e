import { ruleDecorator } from './rule.js';

export interface SizeRule {
  min?: number;
  max?: number;
}

/** A list with `min` to `max` elements. */
export function Size({ min = 0, max = Infinity }: SizeRule = {}): PropertyDecorator {
  return ruleDecorator({
    name: 'size',
    schema: { type: 'array', minItems: min, ...(max < Infinity && { maxItems: max }) },
    accepts: (value) => Array.isArray(value) && value.length >= min && value.length <= max,
    constraint: (value) => {
      if (!Array.isArray(value)) return 'Member must be a list';
      if (value.length < min) return `Member must have length greater than or equal to ${min}`;
      return `Member must have length less than or equal to ${max}`;
    },
  });
}
