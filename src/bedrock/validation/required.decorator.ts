import { IsDefined } from 'class-validator';

export const NOT_NULL = 'Member must not be null';

/** The member is present and not null. */
export function Required(): PropertyDecorator {
  return IsDefined({ message: NOT_NULL });
}
