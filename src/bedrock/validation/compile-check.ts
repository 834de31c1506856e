import { compileConstraints, WHOLE } from './compile-constraints.js';
import { UNION, type ValidationMetadata, validationMetadatas } from './dto-members.js';
import { type DtoClass, memberKind } from './member-kind.js';
import { type JsonObject, STRUCTURE } from './structure.js';

/** The first member that class-validator would refuse. */
export interface Refusal {
  /** Names and indexes from where the check began to the refused value; a refused union's own path. */
  readonly path: string[];
  readonly dto: DtoClass;
  /** The object that holds the refused member. */
  readonly object: JsonObject;
  /** The refused member, or UNION. */
  readonly property: string;
}

type Check = (object: JsonObject) => Refusal | undefined;
type PropertyCheck = (object: JsonObject, value: unknown) => Refusal | undefined;

const compiled = new Map<DtoClass, Check>();

/**
 * What class-validator would refuse first in parsed JSON, without instances: it runs the very constraints of
 * the classes, in time linear in what the classes name. Free-form documents are not entered.
 */
export function refusalOf(dto: DtoClass, object: JsonObject): Refusal | undefined {
  return checkOf(dto)(object);
}

function checkOf(dto: DtoClass): Check {
  let check = compiled.get(dto);
  if (check === undefined) {
    check = compileClass(dto);
    compiled.set(dto, check);
  }
  return check;
}

function compileClass(dto: DtoClass): Check {
  const checks = new Map<string, PropertyCheck>();
  const evenIfAbsent: [string, PropertyCheck][] = [];
  const byProperty = Map.groupBy(validationMetadatas(dto), ({ propertyName }) => propertyName);
  for (const [property, metadatas] of byProperty) {
    const check = compileProperty(dto, property, metadatas);
    checks.set(property, check);
    if (!metadatas.some(({ name }) => name === 'isOptional')) evenIfAbsent.push([property, check]);
  }
  return (object) => checkPresent(checks, object) ?? checkAbsent(evenIfAbsent, object);
}

function checkPresent(checks: ReadonlyMap<string, PropertyCheck>, object: JsonObject): Refusal | undefined {
  for (const property in object) {
    const refusal = checks.get(property)?.(object, object[property]);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function checkAbsent(checks: readonly [string, PropertyCheck][], object: JsonObject): Refusal | undefined {
  for (const [property, check] of checks) {
    const refusal = object[property] === undefined ? check(object, undefined) : undefined;
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function compileProperty(dto: DtoClass, property: string, metadatas: ValidationMetadata[]): PropertyCheck {
  const constraints = compileConstraints(metadatas);
  const below = compileNested(dto, property, metadatas);
  return (object, value) => {
    const verdict = constraints(object, value);
    if (verdict === 'skipped') return undefined;
    if (verdict === 'accepted') return below?.(value);
    return { path: pathOf(property, verdict), dto, object, property };
  };
}

function pathOf(property: string, index: number): string[] {
  if (property === UNION) return [];
  return index === WHOLE ? [property] : [property, String(index)];
}

function compileNested(dto: DtoClass, property: string, metadatas: ValidationMetadata[]) {
  if (!metadatas.some(({ type }) => type === 'nestedValidation')) return undefined;
  const kind = memberKind(dto, property);
  if (kind.kind !== 'structure')
    throw new TypeError(`${dto.name}.${property}: use @Nested, not @ValidateNested`);
  return (value: unknown): Refusal | undefined => {
    const check = checkOf(kind.type());
    if (Array.isArray(value)) return checkElements(check, property, value);
    const refusal = STRUCTURE.accepts(value) ? check(value) : undefined;
    refusal?.path.unshift(property);
    return refusal;
  };
}

function checkElements(check: Check, property: string, elements: readonly JsonObject[]): Refusal | undefined {
  for (let index = 0; index < elements.length; index += 1) {
    const element = elements[index];
    const refusal = element === undefined ? undefined : check(element);
    if (refusal === undefined) continue;
    refusal.path.unshift(property, String(index));
    return refusal;
  }
  return undefined;
}
