import type { ToolConfigurationDto } from '../../bedrock/converse/tool-config.dto.js';
import type { NativePaths } from '../native-paths.js';
import { present } from '../present.js';
import type { CommandRParameterDto, CommandRToolDto } from './command-r-request.dto.js';

/** Python's types → JSON schema's. */
const TYPES: Readonly<Record<string, string>> = {
  str: 'string',
  string: 'string',
  int: 'integer',
  integer: 'integer',
  float: 'number',
  number: 'number',
  bool: 'boolean',
  boolean: 'boolean',
  dict: 'object',
  object: 'object',
};
const LIST = /^(?:list|array)(?:\[(?<element>.+)\])?$/;

export function toolsToConfig(tools: readonly CommandRToolDto[], paths: NativePaths): ToolConfigurationDto {
  return paths.from('tools', {
    tools: tools.map(({ name, description, parameter_definitions }, index) => {
      const inputSchema = { json: toSchema(parameter_definitions ?? {}) };
      const named = present({ name, description: description === '' ? undefined : description });
      return paths.from(`tools.${index}`, { toolSpec: { ...named, inputSchema } });
    }),
  });
}

function toSchema(definitions: Readonly<Record<string, CommandRParameterDto>>): object {
  const entries = Object.entries(definitions);
  const required = entries.filter(([, definition]) => definition.required === true).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, { type, description }]) => [name, present({ ...typeOf(type), description })]),
    ),
    ...(required.length > 0 && { required }),
  };
}

/** `List[int]` → `{ "type": "array", "items": { "type": "integer" } }`. A type that is not known allows any value. */
function typeOf(pythonType: string): object {
  const name = pythonType.trim().toLowerCase();
  const list = LIST.exec(name);
  if (list !== null) {
    const element = list.groups?.['element'];
    return { type: 'array', ...(element !== undefined && { items: typeOf(element) }) };
  }
  const [base = ''] = name.split('[');
  const type = Object.hasOwn(TYPES, base) ? TYPES[base] : undefined;
  return type === undefined ? {} : { type };
}
