import { UNION, type ValidationMetadata, validationMetadatas } from './dto-members.js';
import { type DtoClass, memberKind } from './member-kind.js';
import { isRule } from './rule.js';
import { type JsonObject, STRUCTURE } from './structure.js';

type Accepts = (value: unknown) => boolean;
type AcceptsObject = (object: JsonObject) => boolean;

/** What says nothing of a value itself: a structure's own members do, and whatever is allowed is free. */
const UNCONDITIONAL = new Set(['nestedValidation', 'whitelistValidation']);

const compiled = new Map<DtoClass, AcceptsObject>();

/**
 * Whether class-validator would find nothing to refuse in parsed JSON. It runs the same rules, and gives no account
 * of what is wrong: that is what makes it quick, and what nearly every request needs.
 */
export function isAccepted(dto: DtoClass, object: JsonObject): boolean {
  return acceptanceOf(dto)(object);
}

function acceptanceOf(dto: DtoClass): AcceptsObject {
  let accepts = compiled.get(dto);
  if (accepts === undefined) {
    accepts = compileClass(dto);
    compiled.set(dto, accepts);
  }
  return accepts;
}

function compileClass(dto: DtoClass): AcceptsObject {
  const byProperty = Map.groupBy(validationMetadatas(dto), ({ propertyName }) => propertyName);
  const isUnion = byProperty.delete(UNION);
  const members = new Map<string, Accepts>();
  const evenIfAbsent: string[] = [];
  for (const [property, metadatas] of byProperty) {
    const accepts = compileProperty(dto, metadatas);
    members.set(property, accepts);
    if (!accepts(undefined)) evenIfAbsent.push(property);
  }
  return isUnion
    ? (union) => acceptsUnion(members, union)
    : (object) => acceptsAll(members, evenIfAbsent, object);
}

function acceptsUnion(members: ReadonlyMap<string, Accepts>, union: JsonObject): boolean {
  let present = 0;
  for (const name in union) {
    const accepts = members.get(name);
    const value = union[name];
    if (accepts === undefined || value == null) continue;
    if (!accepts(value)) return false;
    present += 1;
  }
  return present === 1;
}

function acceptsAll(
  members: ReadonlyMap<string, Accepts>,
  evenIfAbsent: readonly string[],
  object: JsonObject,
): boolean {
  for (const name in object) {
    const accepts = members.get(name);
    if (accepts !== undefined && !accepts(object[name])) return false;
  }
  for (const name of evenIfAbsent) {
    if (object[name] === undefined) return false;
  }
  return true;
}

function compileProperty(dto: DtoClass, metadatas: readonly ValidationMetadata[]): Accepts {
  const nested = metadatas.find(({ type }) => type === 'nestedValidation');
  const isOptional = metadatas.some(({ name }) => name === 'isOptional');
  const rules = metadatas.flatMap((metadata) => compileRule(dto, metadata));
  const accepts = all(nested === undefined ? rules : [...rules, compileNested(dto, nested)]);
  return isOptional ? (value) => value == null || accepts(value) : accepts;
}

/** @throws TypeError for a decorator of another kind: what is not understood must not be passed over */
function compileRule(dto: DtoClass, metadata: ValidationMetadata): Accepts[] {
  if (metadata.name === 'isOptional' || UNCONDITIONAL.has(metadata.type)) return [];
  if (metadata.type === 'isDefined' || metadata.name === 'isDefined') return [(value) => value != null];
  const [rule]: unknown[] = metadata.constraints ?? [];
  if (!isRule(rule)) throw new TypeError(`${dto.name}.${metadata.propertyName}: ${metadata.name} is no rule`);
  // below, each element is looked at anyway
  if (rule === STRUCTURE) return [];
  const accepts: Accepts = (value) => rule.accepts(value);
  return [
    metadata.each
      ? (value) => (Array.isArray(value) ? acceptsEvery(accepts, value) : accepts(value))
      : accepts,
  ];
}

function compileNested(dto: DtoClass, { propertyName, each }: ValidationMetadata): Accepts {
  const kind = memberKind(dto, propertyName);
  if (kind.kind !== 'structure')
    throw new TypeError(`${dto.name}.${propertyName}: use @Nested, not @ValidateNested`);
  let below: AcceptsObject | undefined;
  const accepts: Accepts = (value) =>
    STRUCTURE.accepts(value) && (below ??= acceptanceOf(kind.type()))(value);
  return each ? (value) => Array.isArray(value) && acceptsEvery(accepts, value) : accepts;
}

function acceptsEvery(accepts: Accepts, values: readonly unknown[]): boolean {
  for (const value of values) {
    if (!accepts(value)) return false;
  }
  return true;
}

/** Spelled out for the usual numbers: a loop over functions costs more than the functions. */
function all(predicates: readonly Accepts[]): Accepts {
  const [first, second, ...rest] = predicates;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (rest.length === 0) return (value) => first(value) && second(value);
  const others = all(rest);
  return (value) => first(value) && second(value) && others(value);
}
