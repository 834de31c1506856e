import { getMetadataStorage } from 'class-validator';

export type DtoClass<Dto extends object = object> = new () => Dto;

/** What a member holds, which class-validator does not record. */
export type MemberKind =
  | { readonly kind: 'value' }
  | { readonly kind: 'free-form' }
  | { readonly kind: 'structure' | 'map'; readonly type: () => DtoClass }
  | { readonly kind: 'variants'; readonly variants: Variants };

/** Structures of several classes that one of their own members tells apart. */
export interface Variants {
  /** The name of that member, such as `type`. */
  readonly tag: string;
  /** The class for a value of that member; undefined for a value that belongs to no class. */
  readonly classOf: (this: void, tag: unknown) => DtoClass | undefined;
  /** What that member must be. */
  readonly constraint: string;
}

/** The property name under which class-validator records the rule of a union. No real member has this name. */
export const UNION = '(union)';

/** One decorator of one property, as class-validator records it. */
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

/** The decorators of a class's properties, as class-validator records them. */
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

/** The kind of a member, declared by the class or inherited. */
export function memberKind(dto: DtoClass, property: string): MemberKind {
  let prototype: unknown = dto.prototype;
  while (prototype instanceof Object) {
    const kind = kindsByPrototype.get(prototype)?.get(property);
    if (kind !== undefined) return kind;
    prototype = Object.getPrototypeOf(prototype);
  }
  return VALUE;
}
