import { ValidateBy, type ValidationOptions } from 'class-validator';

/** What one member must be: the test, and the words for a value that fails it. */
export interface Rule {
  readonly name: string;
  accepts(value: unknown): boolean;
  /** Says what the member must be, never what it was: a value may be a secret or megabytes. */
  constraint(value: unknown): string;
}

/** What is said of `null` and of what is absent. */
export const NOT_NULL = 'Member must not be null';

/** A JSON object, as opposed to a list. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const STRUCTURE = {
  name: 'structure',
  accepts: (value: unknown): value is JsonObject =>
    typeof value === 'object' && value !== null && !Array.isArray(value),
  constraint: (value: unknown) => (value == null ? NOT_NULL : 'Member must be an object'),
} satisfies Rule;

/** What `ruleDecorator` leaves with class-validator, for those who read its metadata. */
export function isRule(constraint: unknown): constraint is Rule {
  return typeof constraint === 'object' && constraint !== null && 'accepts' in constraint;
}

/** The rule as a class-validator constraint; with `each`, for every element of a list. */
export function ruleDecorator(rule: Rule, options: ValidationOptions = {}): PropertyDecorator {
  return ValidateBy(
    {
      name: rule.name,
      constraints: [rule],
      validator: {
        validate: (value) => rule.accepts(value),
        // with `each` class-validator hands over the whole list
        defaultMessage: (args) =>
          rule.constraint(options.each ? firstRefused(rule, args?.value) : args?.value),
      },
    },
    options,
  );
}

function firstRefused(rule: Rule, value: unknown): unknown {
  return Array.isArray(value) ? value.find((element) => !rule.accepts(element)) : value;
}
