export type DtoClass<Dto extends object = object> = new () => Dto;

/** What class-validator does not remember of a member: what is below it. */
export type MemberKind =
  | { readonly kind: 'value' }
  | { readonly kind: 'free-form' }
  | { readonly kind: 'structure' | 'map'; readonly type: () => DtoClass };

const VALUE: MemberKind = { kind: 'value' };

const kindsByPrototype = new Map<unknown, Map<string | symbol, MemberKind>>();

/** Called by property decorators, which get the prototype of the class. */
export function setMemberKind(prototype: object, property: string | symbol, kind: MemberKind): void {
  const kinds = kindsByPrototype.get(prototype) ?? new Map<string | symbol, MemberKind>();
  kindsByPrototype.set(prototype, kinds.set(property, kind));
}

/** The class's own, or what it inherits. */
export function memberKind(dto: DtoClass, property: string): MemberKind {
  let prototype: unknown = dto.prototype;
  while (prototype instanceof Object) {
    const kind = kindsByPrototype.get(prototype)?.get(property);
    if (kind !== undefined) return kind;
    prototype = Object.getPrototypeOf(prototype);
  }
  return VALUE;
}
