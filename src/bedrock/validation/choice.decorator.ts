import { NOT_NULL, ruleDecorator } from './rule.js';

/** One of a closed set of strings; with `each`, a list of them. */
export function Choice(values: readonly string[], options: { each?: boolean } = {}): PropertyDecorator {
  return ruleDecorator(
    {
      name: 'choice',
      schema: { type: 'string', enum: values },
      accepts: (value) => typeof value === 'string' && values.includes(value),
      constraint: (value) =>
        value == null ? NOT_NULL : `Member must satisfy enum value set: [${values.join(', ')}]`,
    },
    options,
  );
}
