import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A rule for one member: the test, and the message for a value that fails it. */
export interface Rule {
  readonly name: string;
  /** The rule in JSON Schema, as far as it can say it; for the OpenAPI document. */
  readonly schema?: JsonObject;
  accepts(value: unknown): boolean;
  /** Describes what the member must be, never its value, which may be a secret or megabytes. */
  constraint(value: unknown): string;
}

/** The message for a null or missing member. */
export const NOT_NULL = 'Member must not be null';

/** A JSON object, as opposed to a list. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const STRUCTURE = {
  name: 'structure',
  schema: { type: 'object' },
  accepts: (value: unknown): value is JsonObject =>
    typeof value === 'object' && value !== null && !Array.isArray(value),
  constraint: (value: unknown) => (value == null ? NOT_NULL : 'Member must be an object'),
} satisfies Rule;

/** Whether a constraint in class-validator's metadata was registered by `ruleDecorator`. */
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
        // with `each` class-validator passes the whole list
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
