import type { OutputFormatDto, OutputFormatStructureDto } from '../../bedrock/converse/output-config.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import { MAX_LEVELS, nestsWithin, parseJsonObject } from '../json-value.js';
import { invalid } from './refuse.js';
import type { RequestContext } from './request-context.js';
import { isStrictSchema } from './strict-schema.js';

/** `response_format` for structured output. */
export interface JsonSchemaFormat {
  type: 'json_schema';
  json_schema: { name: string; description?: string; schema: Record<string, unknown>; strict: boolean };
}

const DEFAULT_NAME = 'response';
const MAX_NAME_CHARACTERS = 64;

/**
 * `outputConfig.textFormat` → `response_format`. The schema is JSON text in Bedrock and JSON in OpenAI.
 * @throws ValidationException when the schema is not the text of a JSON object
 */
export function textFormatToParams(
  { structure }: OutputFormatDto,
  context: RequestContext,
): { response_format?: JsonSchemaFormat } {
  const path = 'outputConfig.textFormat';
  const named = visit(structure, STRUCTURE, `${path}.structure`);
  return jsonSchemaToParams(named, path, context);
}

export interface NamedSchema {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly schema: Record<string, unknown>;
}

/** A JSON schema → `response_format`. For servers without it, `path` is reported as ignored. */
export function jsonSchemaToParams(
  { name, description, schema }: NamedSchema,
  path: string,
  { dialect, ignored, provenance }: RequestContext,
): { response_format?: JsonSchemaFormat } {
  if (dialect.responseFormat === 'none') {
    ignored.parameter(path);
    return {};
  }
  const json_schema: JsonSchemaFormat['json_schema'] = {
    name: schemaName(name),
    ...(description != null && { description }),
    schema,
    strict: dialect.strictSchema === 'always' || isStrictSchema(schema),
  };
  provenance?.object(json_schema, [path]);
  provenance?.members(json_schema, { strict: 'dialect', ...(name == null && { name: 'default' }) });
  return { response_format: { type: 'json_schema', json_schema } };
}

const STRUCTURE: Visitor<OutputFormatStructureDto, [path: string], NamedSchema> = {
  jsonSchema: ({ name, description, schema }, path) => {
    return { name, description, schema: parseSchema(schema, `${path}.jsonSchema.schema`) };
  },
};

/** The depth check of the body does not look inside of strings, so the schema's depth is checked here. */
function parseSchema(text: string, path: string): Record<string, unknown> {
  const schema = parseJsonObject(text);
  if (schema === undefined) throw invalid(path, 'provide the text of a JSON object.');
  if (!nestsWithin(schema, MAX_LEVELS)) throw invalid(path, `it is nested deeper than ${MAX_LEVELS} levels.`);
  return schema;
}

/** OpenAI allows letters, digits, `_` and `-` in the name. */
function schemaName(name: string | null | undefined): string {
  const characters = (name ?? '').slice(0, MAX_NAME_CHARACTERS).replaceAll(/[^a-zA-Z0-9_-]/g, '_');
  return characters === '' ? DEFAULT_NAME : characters;
}
