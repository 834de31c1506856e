import { membersOf } from './dto-members.js';
import type { DtoClass, MemberKind, Variants } from './dto-members.js';
import { type JsonObject, STRUCTURE } from './rule.js';

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

type Container = Exclude<MemberKind, { kind: 'value' | 'free-form' }>;

/** The class of a structure, or how to tell it. */
type Type = DtoClass | Variants;

/** One traversal, with its current path and the paths found. */
class Search {
  readonly found: string[] = [];
  private readonly path: (string | number)[] = [];

  visit(type: Type, value: unknown): void {
    if (!STRUCTURE.accepts(value)) return;
    if (typeof type === 'function') return this.visitMembers(type, value);
    const dto = type.classOf(value[type.tag]);
    if (dto !== undefined) this.visitMembers(dto, value, type.tag);
  }

  private visitMembers(dto: DtoClass, value: JsonObject, tag?: string): void {
    const members = membersOf(dto);
    for (const name in value) {
      if (this.found.length >= MAX_FOUND) return;
      const kind = members.get(name);
      if (kind === undefined && name === tag) continue;
      if (kind === undefined) this.found.push([...this.path, name].map(shortened).join('.'));
      else if (kind.kind !== 'value' && kind.kind !== 'free-form') this.enter(kind, name, value[name]);
    }
  }

  private enter(kind: Container, name: string, value: unknown): void {
    const type = kind.kind === 'variants' ? kind.variants : kind.type();
    this.path.push(name);
    if (Array.isArray(value)) this.visitList(type, value);
    else if (kind.kind === 'map') this.visitMap(type, value);
    else this.visit(type, value);
    this.path.pop();
  }

  private visitList(type: Type, elements: readonly unknown[]): void {
    for (let index = 0; index < elements.length; index += 1) {
      this.path.push(index);
      this.visit(type, elements[index]);
      this.path.pop();
    }
  }

  private visitMap(type: Type, map: unknown): void {
    if (!STRUCTURE.accepts(map)) return;
    for (const key in map) {
      this.path.push(key);
      this.visit(type, map[key]);
      this.path.pop();
    }
  }
}

function shortened(name: string | number): string | number {
  return typeof name === 'string' && name.length > MAX_NAME_LENGTH
    ? `${name.slice(0, MAX_NAME_LENGTH)}…`
    : name;
}
