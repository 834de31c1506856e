import { getMetadataStorage } from 'class-validator';
import { type DtoClass, type MemberKind, memberKind } from './member-kind.js';

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
