import { NOT_NULL, ruleDecorator } from './rule.js';

/** The member is present and not null. */
export function Required(): PropertyDecorator {
  return ruleDecorator({
    // class-validator runs a constraint of this name before the member's others
    name: 'isDefined',
    accepts: (value) => value != null,
    constraint: () => NOT_NULL,
  });
}
