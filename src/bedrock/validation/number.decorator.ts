import { NOT_NULL, ruleDecorator } from './rule.js';

export interface NumberRule {
  min?: number;
  max?: number;
}

/** Integers in Bedrock's API are signed and have 32 bits. */
const MAX_INTEGER = 2_147_483_647;

/** A whole number of at most 32 bits. */
export function Integer(rule: NumberRule = {}): PropertyDecorator {
  return numberDecorator('integer', { max: MAX_INTEGER, ...rule }, Number.isInteger);
}

/** Any JSON number. */
export function Float(rule: NumberRule = {}): PropertyDecorator {
  return numberDecorator('number', rule, Number.isFinite);
}

function numberDecorator(
  kind: 'integer' | 'number',
  { min = -Infinity, max = Infinity }: NumberRule,
  isOfKind: (value: unknown) => boolean,
): PropertyDecorator {
  return ruleDecorator({
    name: kind,
    schema: {
      type: kind,
      ...(min > -Infinity && { minimum: min }),
      ...(max < Infinity && { maximum: max }),
    },
    accepts: (value) => typeof value === 'number' && isOfKind(value) && value >= min && value <= max,
    constraint: (value) => {
      if (value == null) return NOT_NULL;
      if (typeof value !== 'number' || !isOfKind(value)) return `Member must be ${ARTICLE[kind]} ${kind}`;
      if (value < min) return `Member must have value greater than or equal to ${min}`;
      return `Member must have value less than or equal to ${max}`;
    },
  });
}

const ARTICLE = { integer: 'an', number: 'a' } as const;
