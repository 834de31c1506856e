import { getMetadataStorage } from 'class-validator';

export type DtoClass<Dto extends object = object> = new () => Dto;

/** What class-validator does not remember of a member: what is below it. */
export type MemberKind =
  | { readonly kind: 'value' }
  | { readonly kind: 'free-form' }
  | { readonly kind: 'structure' | 'map'; readonly type: () => DtoClass };

/** The name under which class-validator reports a union: no member of the model is called so. */
export const UNION = '(union)';

/** One decorator of one property, as class-validator remembers it. */
export type ValidationMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

export type DtoMembers = ReadonlyMap<string, MemberKind>;

const known = new Map<DtoClass, DtoMembers>();

/** The members of a structure or union by name. */
export function membersOf(dto: DtoClass): DtoMembers {
  let members = known.get(dto);
  if (members === undefined) {
    members = readMembers(dto);
    known.set(dto, members);
  }
  return members;
}

/** class-validator's own record of what decorates a class. */
export function validationMetadatas(dto: Function): ValidationMetadata[] {
  return getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
}

function readMembers(dto: DtoClass): DtoMembers {
  const names = new Set(validationMetadatas(dto).map(({ propertyName }) => propertyName));
  names.delete(UNION);
  return new Map([...names].map((name) => [name, memberKind(dto, name)]));
}

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
