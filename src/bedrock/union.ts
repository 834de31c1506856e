/** The members of a Smithy union: exactly one of the optional properties is present. */
export type MemberOf<Union> = keyof Union & string;

/** A table with one function per member. The compiler refuses a table in which one is missing. */
export type Visitor<Union, Args extends unknown[], Result> = {
  readonly [Member in MemberOf<Union>]-?: (value: NonNullable<Union[Member]>, ...args: Args) => Result;
};

/**
 * Calls the function of the one member that is present.
 * @throws TypeError when no member is present, which cannot happen after validation
 */
export function visit<Union extends object, Args extends unknown[], Result>(
  union: Union,
  visitor: Visitor<Union, Args, Result>,
  ...args: Args
): Result {
  for (const member in union) {
    const value = union[member];
    // hasOwn: an unknown member may have the name of an inherited property
    if (value != null && Object.hasOwn(visitor, member)) return visitor[member](value, ...args);
  }
  throw new TypeError('A union without a known member');
}
