import { isAddressOrCredential, isOutboundField } from './outbound-fields.js';
import { isReservedField } from './reserved-fields.js';
import { type AdditionalField, shortened } from './params-draft.js';

/** Fields whose members have names of the client's own: schemas, variables of templates, texts, token ids. */
const OF_THE_CLIENT: ReadonlySet<string> = new Set([
  'chat_template_kwargs',
  'documents',
  'format',
  'grammar',
  'guided_json',
  'inferenceConfig',
  'input_schema',
  'json_schema',
  'logit_bias',
  'output_config',
  'prediction',
  'responseSchema',
  'response_format',
  'response_json_schema',
  'response_schema',
  'schema',
  'structured_outputs',
  'tool_choice',
]);

/** The path of what clients may not set in an additional field, however deep it stands; undefined: they may. */
export function forbiddenPath({ name, path, value }: AdditionalField): string | undefined {
  if (isReservedField(name) || isOutboundField(name)) return path;
  return OF_THE_CLIENT.has(name) ? undefined : forbiddenPathWithin(value, path);
}

function forbiddenPathWithin(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const isList = Array.isArray(value);
  for (const [name, inner] of Object.entries(value)) {
    const innerPath = `${path}.${shortened(name)}`;
    if (!isList && isAddressOrCredential(name)) return innerPath;
    if (!isList && OF_THE_CLIENT.has(name)) continue;
    const found = forbiddenPathWithin(inner, innerPath);
    if (found !== undefined) return found;
  }
  return undefined;
}
