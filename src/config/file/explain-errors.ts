import type { ValidationError } from 'class-validator';

/** Keys for secrets that users may try → the key for a reference to the secret. */
const REFERENCES: Readonly<Record<string, string>> = {
  apiKey: 'apiKeyEnv or apiKeyFile',
  secret: 'secretFile',
  bearer: 'bearerSha256',
};

/** A validation error → one line for each property, with its path in the file and without its value. */
export function explainErrors(error: ValidationError, parents: readonly string[] = []): string[] {
  const path = [...parents, error.property];
  const inside = error.children?.flatMap((child) => explainErrors(child, path)) ?? [];
  return error.constraints === undefined ? inside : [`${path.join('.')}: ${reasonOf(error)}`, ...inside];
}

/** Policies of Bedrock's guardrails that need a model. */
const NEED_A_MODEL: ReadonlySet<string> = new Set([
  'topics',
  'topicPolicy',
  'grounding',
  'contextualGrounding',
  'automatedReasoning',
  'promptAttack',
]);

function reasonOf({ property, value, constraints = {} }: ValidationError): string {
  if ('whitelistValidation' in constraints) return explainUnknown(property);
  if (value == null) return 'is missing';
  const [name, message] = firstOf(constraints);
  if (name === 'nestedValidation') return 'must be an object';
  // the path already names the property
  return message.replace(`each value in ${property} `, 'each value ').replace(`${property} `, '');
}

function explainUnknown(property: string): string {
  const reference = Object.hasOwn(REFERENCES, property) ? REFERENCES[property] : undefined;
  if (NEED_A_MODEL.has(property)) return 'needs a model that recognises it, and the proxy has none';
  return reference === undefined
    ? 'is not a key that is known here'
    : `must not be in the file, only by reference: ${reference}`;
}

/** A value of the wrong type also breaks other rules, so the type is reported first. */
function firstOf(constraints: Readonly<Record<string, string>>): readonly [name: string, message: string] {
  const entries = Object.entries(constraints);
  return (
    entries.find(([name]) => TYPES.has(name)) ??
    entries.find(([name]) => name !== 'nestedValidation') ??
    entries[0] ?? ['', 'is wrong']
  );
}

const TYPES = new Set(['isString', 'isInt', 'isNumber', 'isBoolean', 'isArray', 'isObject', 'isInstance']);
