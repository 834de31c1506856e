import { registerDecorator } from 'class-validator';
import { UNION, validationMetadatas } from './dto-members.js';
import { type JsonObject, STRUCTURE } from './rule.js';

/** A Smithy union: exactly one of the properties of the class is present and not null. */
export function ExactlyOneOf(): ClassDecorator {
  return (target) => {
    // property decorators run before the class decorator
    const members = new Set(validationMetadatas(target).map(({ propertyName }) => propertyName));
    registerDecorator({
      name: 'exactlyOneOf',
      target,
      propertyName: UNION,
      validator: {
        validate: (_, args) => STRUCTURE.accepts(args?.object) && countPresent(args.object, members) === 1,
        defaultMessage: () => `Member must have exactly one of: [${[...members].join(', ')}]`,
      },
    });
  };
}

function countPresent(union: JsonObject, members: ReadonlySet<string>): number {
  let count = 0;
  for (const name in union) {
    if (members.has(name) && union[name] != null) count += 1;
  }
  return count;
}
