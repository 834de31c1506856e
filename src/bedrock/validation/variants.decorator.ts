import { ValidateNested } from 'class-validator';
import { setMemberKind, type Variants } from './dto-members.js';
import { ruleDecorator, STRUCTURE } from './rule.js';
import { Size, type SizeRule } from './size.decorator.js';

/** A structure of one of several classes; with `each`, a list of them (`min` and `max` elements). */
export function OneOfVariants(
  variants: Variants,
  options: SizeRule & { each?: boolean } = {},
): PropertyDecorator {
  const { each = false, ...size } = options;
  return (target, property) => {
    if (each) Size(size)(target, property);
    ruleDecorator(STRUCTURE, { each })(target, property);
    nest(variants, each)(target, property);
  };
}

/** A text, or a list of structures of several classes. */
export function TextOrVariants(variants: Variants): PropertyDecorator {
  return (target, property) => {
    ruleDecorator({
      name: 'textOrList',
      schema: { type: ['string', 'array'] },
      accepts: (value) => typeof value === 'string' || isListOfStructures(value),
      constraint: () => 'Member must be a string or a list of objects',
    })(target, property);
    nest(variants, true)(target, property);
  };
}

function nest(variants: Variants, each: boolean): PropertyDecorator {
  return (target, property) => {
    ValidateNested({ each })(target, property);
    setMemberKind(target, property, { kind: 'variants', variants });
  };
}

function isListOfStructures(value: unknown): boolean {
  return Array.isArray(value) && value.every(STRUCTURE.accepts);
}
