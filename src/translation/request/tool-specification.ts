import type { ToolSpecificationDto } from '../../bedrock/converse/tool-config.dto.js';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { CacheMarker } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';
import type { Provenance } from './provenance.js';
import { invalid } from './refuse.js';
import type { RequestContext } from './request-context.js';

/** A tool of chat completions, with the cache marker that some servers accept. */
export interface FunctionTool extends CacheMarker {
  type: 'function';
  function: FunctionDefinition;
}

interface FunctionDefinition {
  name: string;
  description?: string;
  parameters: Record<string, unknown>;
  strict?: boolean;
}

/**
 * `toolSpec` → function tool.
 * @throws ValidationException when the input schema does not describe an object
 */
export function toolSpecToFunctionTool(
  { name, description, inputSchema, strict }: ToolSpecificationDto,
  path: string,
  { dialect, ignored, provenance }: RequestContext,
): FunctionTool {
  const definition: FunctionDefinition = {
    name,
    parameters: inputSchemaToParameters(inputSchema.json, `${path}.inputSchema.json`),
  };
  if (description != null) definition.description = description;
  if (strict === true) {
    if (dialect.strictTools) definition.strict = true;
    else ignored.parameter(`${path}.strict`);
  }
  provenance?.members(definition, {
    name: `${path}.name`,
    description: `${path}.description`,
    strict: `${path}.strict`,
  });
  if (provenance !== undefined) recordParameters(definition.parameters, inputSchema.json, path, provenance);
  return { type: 'function', function: definition };
}

function recordParameters(
  parameters: Record<string, unknown>,
  json: unknown,
  path: string,
  provenance: Provenance,
): void {
  provenance.object(parameters, [`${path}.inputSchema.json`], true);
  if (parameters === json) return;
  // what was added
  for (const name of ['type', 'properties']) {
    if (objectOf(json)?.[name] == null) provenance.member(parameters, name, 'dialect');
  }
}

/** The client's schema, with `type` and `properties` added when they are missing, because servers require them. */
function inputSchemaToParameters(json: unknown, path: string): Record<string, unknown> {
  const schema = objectOf(json);
  if (schema === undefined) throw invalid(path, 'provide a JSON schema as an object.');
  if (schema.type != null && schema.type !== 'object') {
    throw new ValidationException(`The value at ${path}.type must be one of the following: object.`, {
      path: `${path}.type`,
    });
  }
  if (schema.type === 'object' && schema.properties != null) return schema;
  return { ...schema, type: 'object', properties: schema.properties ?? {} };
}
