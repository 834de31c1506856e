import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { type DtoClass, setMemberKind } from './dto-members.js';
import { ruleDecorator, STRUCTURE } from './rule.js';
import { Size, type SizeRule } from './size.decorator.js';

/** A structure; with `each`, a list of them (`min` and `max` elements). */
export function Nested(type: () => DtoClass, options: SizeRule & { each?: boolean } = {}): PropertyDecorator {
  const { each = false, ...size } = options;
  return (target, property) => {
    if (each) Size(size)(target, property);
    ruleDecorator(STRUCTURE, { each })(target, property);
    ValidateNested({ each })(target, property);
    Type(type)(target, property);
    setMemberKind(target, property, { kind: 'structure', type });
  };
}
