import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import { UNION, type ValidationMetadata } from './dto-members.js';
import { isRule } from './rule.js';

/** A value that breaks a constraint. */
export interface Violation {
  /** Names and indexes from the root of the check to the value. A union without exactly one member has its own path. */
  readonly path: string[];
  /** What the value must be. It never contains the value, which may be a secret or very large. */
  readonly constraint: string;
}

/** Checks a member of an object; returns undefined when it is valid. */
export type ConstraintCheck = (object: object, value: unknown) => Violation | undefined;

type Accepts = (value: unknown, object: object) => boolean;

type Registered = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']
>[number]['instance'];

const UNEXPLAINED = 'Member must be valid';

/**
 * One decorator of a member → the constraints that it has registered with class-validator, as functions.
 * @throws TypeError for an asynchronous constraint
 */
export function constraintChecks(metadata: ValidationMetadata): ConstraintCheck[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map(({ async, instance }) => {
      if (async)
        throw new TypeError(
          `${targetName(metadata)}.${metadata.propertyName}: a constraint must be synchronous`,
        );
      return applied(metadata, instance, accepts(metadata, instance));
    });
}

/** The constraints of our own decorators need only the value, so no `ValidationArguments` are created for them. */
function accepts(metadata: ValidationMetadata, registered: Registered): Accepts {
  const [rule]: unknown[] = metadata.constraints ?? [];
  if (isRule(rule)) return (value) => rule.accepts(value);
  const { property, targetName, constraints } = argumentsOf(metadata, {}, undefined);
  return (value, object) =>
    // the result is no promise, because asynchronous constraints are refused above
    registered.validate(value, { targetName, property, object, value, constraints }) as boolean;
}

function applied(metadata: ValidationMetadata, registered: Registered, accept: Accepts): ConstraintCheck {
  const { validateIf, each } = metadata;
  const explain = (object: object, value: unknown, index?: number): Violation =>
    violation(metadata, registered, { object, value, index });
  const whole: ConstraintCheck = (object, value) =>
    accept(value, object) ? undefined : explain(object, value);
  const check = each ? forEach(accept, whole, explain) : whole;
  if (validateIf === undefined) return check;
  return (object, value) => (validateIf(object, value) ? check(object, value) : undefined);
}

function forEach(
  accept: Accepts,
  whole: ConstraintCheck,
  explain: (object: object, value: unknown, index: number) => Violation,
): ConstraintCheck {
  return (object, value) => {
    if (!Array.isArray(value)) return whole(object, value);
    for (let index = 0; index < value.length; index += 1) {
      if (!accept(value[index], object)) return explain(object, value, index);
    }
    return undefined;
  };
}

function violation(
  metadata: ValidationMetadata,
  registered: Registered,
  at: { object: object; value: unknown; index: number | undefined },
): Violation {
  const { propertyName, message } = metadata;
  const args = argumentsOf(metadata, at.object, at.value);
  const own = typeof message === 'function' ? message(args) : message;
  const index = at.index === undefined ? [] : [String(at.index)];
  return {
    path: propertyName === UNION ? [] : [propertyName, ...index],
    constraint: own || registered.defaultMessage?.(args) || UNEXPLAINED,
  };
}

function argumentsOf(metadata: ValidationMetadata, object: object, value: unknown): ValidationArguments {
  const { propertyName: property, constraints } = metadata;
  return { targetName: targetName(metadata), property, object, value, constraints };
}

function targetName({ target }: ValidationMetadata): string {
  return typeof target === 'string' ? target : target.name;
}
