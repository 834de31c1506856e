import { violationOf } from './check.js';
import { type DtoClass, setMemberKind } from './dto-members.js';
import { type Rule, ruleDecorator, STRUCTURE } from './rule.js';

type EntryRule = Omit<Rule, 'name'>;

/** The rules for the keys, the values and the size of a map. */
export interface MapRule {
  min?: number;
  max?: number;
  key?: EntryRule;
  value: EntryRule;
}

const ANY_KEY: EntryRule = { accepts: () => true, constraint: () => '' };

/** A JSON object with keys chosen by the client. */
export function MapOf({ min = 0, max = Infinity, key = ANY_KEY, value }: MapRule): PropertyDecorator {
  return ruleDecorator({
    name: 'map',
    schema: { type: 'object', minProperties: min, ...(max < Infinity && { maxProperties: max }) },
    accepts: (map) => {
      if (!STRUCTURE.accepts(map)) return false;
      const keys = Object.keys(map);
      if (keys.length < min || keys.length > max) return false;
      return keys.every((name) => key.accepts(name) && value.accepts(map[name]));
    },
    constraint: (map) => {
      if (!STRUCTURE.accepts(map)) return STRUCTURE.constraint(map);
      const keys = Object.keys(map);
      if (keys.length < min) return `Member must have length greater than or equal to ${min}`;
      if (keys.length > max) return `Member must have length less than or equal to ${max}`;
      const badKey = keys.find((name) => !key.accepts(name));
      if (badKey !== undefined) return `Map keys must satisfy constraint: [${key.constraint(badKey)}]`;
      const badValue = keys.map((name) => map[name]).find((entry) => !value.accepts(entry));
      return `Map value must satisfy constraint: [${value.constraint(badValue)}]`;
    },
  });
}

/** A JSON object with keys chosen by the client and values of one DTO class. */
export function NestedMap(type: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    MapOf({
      value: {
        accepts: (value) => STRUCTURE.accepts(value) && violationOf(type(), value) === undefined,
        constraint: (value) => {
          const violation = STRUCTURE.accepts(value) ? violationOf(type(), value) : undefined;
          return violation?.constraint ?? STRUCTURE.constraint(value);
        },
      },
    })(target, property);
    setMemberKind(target, property, { kind: 'map', type });
  };
}
