import { refusalOf } from './compile-check.js';
import { constraintOf } from './explain.js';
import { MapOf } from './map-of.decorator.js';
import { type DtoClass, setMemberKind } from './member-kind.js';
import { STRUCTURE } from './structure.js';

/** A JSON object whose keys are the client's own and whose values are structures of one class. */
export function NestedMap(type: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    MapOf({
      value: {
        accepts: (value) => STRUCTURE.accepts(value) && refusalOf(type(), value) === undefined,
        constraint: (value) => {
          const refusal = STRUCTURE.accepts(value) ? refusalOf(type(), value) : undefined;
          return refusal === undefined ? STRUCTURE.constraint(value) : constraintOf(refusal);
        },
      },
    })(target, property);
    setMemberKind(target, property, { kind: 'map', type });
  };
}
