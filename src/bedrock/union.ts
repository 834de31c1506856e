/** The members of a Smithy union: exactly one of the optional properties is present. */
export type MemberOf<Union> = keyof Union & string;

/** One function per member; the compiler refuses a table that lacks one. */
export type Visitor<Union, Args extends unknown[], Result> = {
  readonly [Member in MemberOf<Union>]-?: (value: NonNullable<Union[Member]>, ...args: Args) => Result;
};

/**
 * Calls the function of the one member that is present.
 * @throws TypeError when none is, which a validated union cannot reach.
 */
export function visit<Union extends object, Args extends unknown[], Result>(
  union: Union,
  visitor: Visitor<Union, Args, Result>,
  ...args: Args
): Result {
  for (const member in union) {
    const value = union[member];
    // hasOwn: an unknown member may carry the name of something that every object inherits
    if (value != null && Object.hasOwn(visitor, member)) return visitor[member](value, ...args);
  }
  throw new TypeError('A union without a known member');
}
