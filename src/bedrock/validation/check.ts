import {
  type DtoClass,
  memberKind,
  UNION,
  type ValidationMetadata,
  validationMetadatas,
  type Variants,
} from './dto-members.js';
import { type ConstraintCheck, constraintChecks, type Violation } from './member-constraint.js';
import { type JsonObject, STRUCTURE } from './rule.js';

type Check = (object: JsonObject) => Violation | undefined;
type Condition = (object: object, value: unknown) => boolean;

const checks = new Map<DtoClass, Check>();

/**
 * Returns the first member of parsed JSON that class-validator would refuse, or undefined when all are valid. It runs
 * the constraints that the decorators have registered, without creating instances of the classes. Its time is linear
 * in the number of declared members. It does not look into free-form documents.
 *
 * @throws TypeError for a class whose decorators cannot be run this way
 */
export function violationOf(dto: DtoClass, object: JsonObject): Violation | undefined {
  return checkOf(dto)(object);
}

function checkOf(dto: DtoClass): Check {
  let check = checks.get(dto);
  if (check === undefined) {
    check = compileClass(dto);
    checks.set(dto, check);
  }
  return check;
}

function compileClass(dto: DtoClass): Check {
  const byProperty = Map.groupBy(validationMetadatas(dto), ({ propertyName }) => propertyName);
  const members = new Map<string, ConstraintCheck>();
  for (const [property, metadatas] of byProperty) {
    members.set(property, compileMember(dto, property, metadatas));
  }
  const union = members.get(UNION);
  members.delete(UNION);
  if (union !== undefined) return compileUnion(members, union);
  const isOptional = (property: string) =>
    byProperty.get(property)?.some(({ name }) => name === 'isOptional') ?? false;
  const required = [...members].filter(([property]) => !isOptional(property));
  return (object) => checkPresent(members, object) ?? checkAbsent(required, object);
}

/** Counts the members while it checks them, because the union's own constraint would walk them a second time. */
function compileUnion(members: ReadonlyMap<string, ConstraintCheck>, union: ConstraintCheck): Check {
  return (object) => {
    let present = 0;
    for (const name in object) {
      const value = object[name];
      const check = value == null ? undefined : members.get(name);
      if (check === undefined) continue;
      const violation = check(object, value);
      if (violation !== undefined) return violation;
      present += 1;
    }
    return present === 1 ? undefined : union(object, undefined);
  };
}

function checkPresent(
  members: ReadonlyMap<string, ConstraintCheck>,
  object: JsonObject,
): Violation | undefined {
  for (const name in object) {
    const violation = members.get(name)?.(object, object[name]);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

/** Checks required members that are absent. */
function checkAbsent(
  required: readonly (readonly [name: string, check: ConstraintCheck])[],
  object: JsonObject,
): Violation | undefined {
  for (const [name, check] of required) {
    const violation = object[name] === undefined ? check(object, undefined) : undefined;
    if (violation !== undefined) return violation;
  }
  return undefined;
}

/** Combines the constraints of one property, in the order in which class-validator runs them. */
function compileMember(
  dto: DtoClass,
  property: string,
  metadatas: readonly ValidationMetadata[],
): ConstraintCheck {
  const ofType = (wanted: string) => metadatas.filter(({ type }) => type === wanted);
  // a condition is registered as a function in `constraints`, which class-validator types as any[]
  const conditions = ofType('conditionalValidation').flatMap(({ constraints }): Condition[] => constraints);
  const constraints = [...ofType('isDefined'), ...ofType('customValidation')].flatMap(constraintChecks);
  const isNested = ofType('nestedValidation').length > 0;
  const check = inTurn(isNested ? [...constraints, compileNested(dto, property)] : constraints);
  return conditions.reduceRight<ConstraintCheck>(
    (checked, holds) => (object, value) => (holds(object, value) ? checked(object, value) : undefined),
    check,
  );
}

/** Runs constraints one after the other. One and two are written out, because a loop costs more than the checks. */
function inTurn(constraints: readonly ConstraintCheck[]): ConstraintCheck {
  const [first, second, ...rest] = constraints;
  if (first === undefined) return () => undefined;
  if (second === undefined) return first;
  if (rest.length === 0) return (object, value) => first(object, value) ?? second(object, value);
  const others = inTurn(rest);
  return (object, value) => first(object, value) ?? second(object, value) ?? others(object, value);
}

function compileNested(dto: DtoClass, property: string): ConstraintCheck {
  const kind = memberKind(dto, property);
  if (kind.kind !== 'structure' && kind.kind !== 'variants')
    throw new TypeError(`${dto.name}.${property}: use @Nested, not @ValidateNested`);
  // compiled on first use, because a structure may contain one of its own class
  let check: Check | undefined;
  return (_, value) => {
    check ??= kind.kind === 'variants' ? checkVariant(kind.variants) : checkOf(kind.type());
    if (Array.isArray(value)) return checkElements(check, property, value);
    return STRUCTURE.accepts(value) ? within(check(value), property) : undefined;
  };
}

function checkVariant({ tag, classOf, constraint }: Variants): Check {
  return (object) => {
    const dto = classOf(object[tag]);
    return dto === undefined ? { path: [tag], constraint } : checkOf(dto)(object);
  };
}

function checkElements(
  check: Check,
  property: string,
  elements: readonly JsonObject[],
): Violation | undefined {
  for (let index = 0; index < elements.length; index += 1) {
    const element = elements[index];
    const violation = element === undefined ? undefined : check(element);
    if (violation !== undefined) return within(violation, property, index);
  }
  return undefined;
}

/** Puts the property's name, and the index in a list, in front of the violation's path. */
function within(violation: Violation | undefined, property: string, index?: number): Violation | undefined {
  if (violation !== undefined && index !== undefined) violation.path.unshift(String(index));
  violation?.path.unshift(property);
  return violation;
}
