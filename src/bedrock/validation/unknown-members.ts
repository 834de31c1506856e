import { membersOf } from './dto-members.js';
import type { DtoClass, MemberKind } from './member-kind.js';
import { type JsonObject, STRUCTURE } from './structure.js';

/** So many are enough to tell a client what it got wrong. */
const MAX_FOUND = 200;

/** Names are the client's own and of any length. */
const MAX_NAME_LENGTH = 100;

/**
 * The dotted paths of the members of parsed, accepted JSON that no class knows, at most 200. Free-form documents
 * and the keys of maps are the client's own and are never unknown.
 */
export function unknownMembers(dto: DtoClass, value: unknown): string[] {
  const found: string[] = [];
  if (STRUCTURE.accepts(value)) collect(dto, value, [], found);
  return found;
}

function collect(dto: DtoClass, object: JsonObject, path: string[], found: string[]): void {
  const members = membersOf(dto);
  for (const name in object) {
    if (found.length >= MAX_FOUND) return;
    const kind = members.get(name);
    if (kind === undefined) found.push([...path, shortened(name)].join('.'));
    else if ('type' in kind) descend(kind, object[name], [...path, name], found);
  }
}

function descend(
  kind: MemberKind & { type: () => DtoClass },
  value: unknown,
  path: string[],
  found: string[],
) {
  // a map is entered by its keys as a list is by its indexes
  const entries = Array.isArray(value) || kind.kind === 'map' ? Object.entries(value ?? {}) : undefined;
  if (entries === undefined && STRUCTURE.accepts(value)) collect(kind.type(), value, path, found);
  for (const [key, element] of entries ?? []) {
    if (STRUCTURE.accepts(element)) collect(kind.type(), element, [...path, shortened(key)], found);
  }
}

function shortened(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}
