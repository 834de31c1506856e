import { NOT_NULL, ruleDecorator } from './rule.js';

/** `true` or `false`. */
export function Flag(): PropertyDecorator {
  return ruleDecorator({
    name: 'flag',
    schema: { type: 'boolean' },
    accepts: (value) => typeof value === 'boolean',
    constraint: (value) => (value == null ? NOT_NULL : 'Member must be a boolean'),
  });
}
