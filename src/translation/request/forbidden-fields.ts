import { isAddressOrCredential, isOutboundField } from './outbound-fields.js';
import { isReservedField } from './reserved-fields.js';
import { type AdditionalField, shortened } from './params-draft.js';

/** Fields with members that the client names freely, such as schemas, template variables and token ids. */
const FREELY_NAMED: ReadonlySet<string> = new Set([
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

/** The path of the first member, at any depth, that clients may not set. Undefined when the field is allowed. */
export function forbiddenPath({ name, path, value }: AdditionalField): string | undefined {
  if (isReservedField(name) || isOutboundField(name)) return path;
  return FREELY_NAMED.has(name) ? undefined : forbiddenPathWithin(value, path);
}

function forbiddenPathWithin(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const isList = Array.isArray(value);
  for (const [name, inner] of Object.entries(value)) {
    const innerPath = `${path}.${shortened(name)}`;
    if (!isList && isAddressOrCredential(name)) return innerPath;
    if (!isList && FREELY_NAMED.has(name)) continue;
    const found = forbiddenPathWithin(inner, innerPath);
    if (found !== undefined) return found;
  }
  return undefined;
}
