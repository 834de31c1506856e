import { listOf, objectOf } from '../json-value.js';

/** Keywords that OpenAI's strict mode refuses. https://platform.openai.com/docs/guides/structured-outputs */
const REFUSED = [
  'allOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
] as const;

/**
 * Whether a JSON schema follows the rules of strict mode: the root is an object, and every object forbids additional
 * properties and requires all of its own. The caller limits the schema's depth.
 */
export function isStrictSchema(schema: Record<string, unknown>): boolean {
  return schema.type === 'object' && schema.anyOf === undefined && followsRules(schema);
}

function followsRules(value: unknown): boolean {
  const schema = objectOf(value);
  if (schema === undefined || REFUSED.some((keyword) => Object.hasOwn(schema, keyword))) return false;
  return isClosed(schema) && subschemas(schema).every(followsRules);
}

function isClosed(schema: Record<string, unknown>): boolean {
  const properties = objectOf(schema.properties);
  const isObject = schema.type === 'object' || listOf(schema.type).includes('object');
  if (!isObject && properties === undefined) return true;
  const required = new Set(listOf(schema.required));
  return (
    schema.additionalProperties === false && Object.keys(properties ?? {}).every((name) => required.has(name))
  );
}

function subschemas({ properties, $defs, definitions, anyOf, items }: Record<string, unknown>): unknown[] {
  const named = [properties, $defs, definitions].flatMap((schemas) => Object.values(objectOf(schemas) ?? {}));
  return [...named, ...listOf(anyOf), ...(items === undefined ? [] : [items])];
}
