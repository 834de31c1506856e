import { membersOf } from './dto-members.js';
import type { DtoClass, MemberKind } from './dto-members.js';
import { STRUCTURE } from './rule.js';

/** Enough paths to show a client what is wrong. */
const MAX_FOUND = 200;

/** A client's names may be of any length, so paths quote their first characters. */
const MAX_NAME_LENGTH = 100;

/**
 * Parsed and validated JSON → the dotted paths of members that no DTO declares, at most 200. Members of free-form
 * documents and keys of maps never count as unknown.
 */
export function unknownMembers(dto: DtoClass, value: unknown): string[] {
  const search = new Search();
  search.visit(dto, value);
  return search.found;
}

type Container = Extract<MemberKind, { type: unknown }>;

/** One traversal, with its current path and the paths found. */
class Search {
  readonly found: string[] = [];
  private readonly path: (string | number)[] = [];

  visit(dto: DtoClass, value: unknown): void {
    if (!STRUCTURE.accepts(value)) return;
    const members = membersOf(dto);
    for (const name in value) {
      if (this.found.length >= MAX_FOUND) return;
      const kind = members.get(name);
      if (kind === undefined) this.found.push([...this.path, name].map(shortened).join('.'));
      else if (kind.kind === 'structure' || kind.kind === 'map') this.enter(kind, name, value[name]);
    }
  }

  private enter({ kind, type }: Container, name: string, value: unknown): void {
    this.path.push(name);
    if (Array.isArray(value)) this.visitList(type(), value);
    else if (kind === 'map') this.visitMap(type(), value);
    else this.visit(type(), value);
    this.path.pop();
  }

  private visitList(dto: DtoClass, elements: readonly unknown[]): void {
    for (let index = 0; index < elements.length; index += 1) {
      this.path.push(index);
      this.visit(dto, elements[index]);
      this.path.pop();
    }
  }

  private visitMap(dto: DtoClass, map: unknown): void {
    if (!STRUCTURE.accepts(map)) return;
    for (const key in map) {
      this.path.push(key);
      this.visit(dto, map[key]);
      this.path.pop();
    }
  }
}

function shortened(name: string | number): string | number {
  return typeof name === 'string' && name.length > MAX_NAME_LENGTH
    ? `${name.slice(0, MAX_NAME_LENGTH)}…`
    : name;
}
