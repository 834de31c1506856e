type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], null> };

/** Omits members that are undefined or null, which mean the same in a request. */
export function present<Value extends object>(value: Value): Present<Value> {
  const members = Object.entries(value).filter(([, member]) => member != null);
  // the assertion is safe: only members that may be undefined or null are omitted
  return Object.fromEntries(members) as Present<Value>;
}
