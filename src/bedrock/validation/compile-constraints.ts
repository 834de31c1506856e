import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import type { ValidationMetadata } from './dto-members.js';

/** The index of the refused element of a list, or WHOLE. */
type RefusedAt = number;

export const WHOLE: RefusedAt = -1;

/** `skipped`: a condition of the property says that its constraints do not apply to this object. */
export type ConstraintsVerdict = 'accepted' | 'skipped' | RefusedAt;

type ConstraintVerdict = 'accepted' | RefusedAt;
type ConstraintCheck = (object: object, value: unknown) => ConstraintVerdict;
type Condition = (object: object, value: unknown) => boolean;

/** Everything that decorates one property as one function, in the order in which class-validator runs it. */
export function compileConstraints(
  metadatas: readonly ValidationMetadata[],
): (object: object, value: unknown) => ConstraintsVerdict {
  const ofType = (wanted: string) => metadatas.filter(({ type }) => type === wanted);
  // the constraints of a condition are its function; class-validator types them as any[]
  const conditions = ofType('conditionalValidation').flatMap(({ constraints }): Condition[] => constraints);
  const constraints = [...ofType('isDefined'), ...ofType('customValidation')].flatMap(compileConstraint);
  return (object, value) => {
    for (const applies of conditions) {
      if (!applies(object, value)) return 'skipped';
    }
    for (const constraint of constraints) {
      const verdict = constraint(object, value);
      if (verdict !== 'accepted') return verdict;
    }
    return 'accepted';
  };
}

function compileConstraint(metadata: ValidationMetadata): ConstraintCheck[] {
  const { each, constraints, propertyName, target, validateIf } = metadata;
  const targetName = typeof target === 'string' ? target : target.name;
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map((constraint) => {
      if (constraint.async)
        throw new TypeError(`${targetName}.${propertyName}: a constraint must be synchronous`);
      const { instance } = constraint;
      return (object, value) => {
        if (validateIf !== undefined && !validateIf(object, value)) return 'accepted';
        const args: ValidationArguments = { targetName, property: propertyName, object, value, constraints };
        if (!each || !Array.isArray(value)) return instance.validate(value, args) ? 'accepted' : WHOLE;
        const index = value.findIndex((element) => !instance.validate(element, args));
        return index === WHOLE ? 'accepted' : index;
      };
    });
}
