import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';
import { forbiddenPath } from './forbidden-fields.js';
import { lowerReasoningBudget } from './output-limit.js';
import { addReasoningEffort } from './reasoning-effort.js';
import { type AdditionalField, conflict, ParamsDraft, shortened } from './params-draft.js';
import { invalid, unsupported } from './refuse.js';
import type { RequestContext } from './request-context.js';
import { TRANSLATED_FIELDS } from './translated-fields.js';

const MEMBER = 'additionalModelRequestFields';

/** Fields for which Converse has its own members. */
const CONVERSE_MEMBER: ReadonlyMap<string, keyof ConverseRequestDto> = new Map([
  ['messages', 'messages'],
  ['system', 'system'],
  ['tools', 'toolConfig'],
]);

/**
 * `additionalModelRequestFields` and `outputConfig.effort` → further params. Fields of model families on Bedrock are
 * translated, all others are passed on unchanged.
 * @throws ValidationException for a field that clients may not set, or that another member has set
 */
export function addAdditionalFields(
  request: ConverseRequestDto,
  params: ChatCompletionParams,
  context: RequestContext,
): void {
  const fields = readAdditionalFields(request);
  const draft = new ParamsDraft(params, context.provenance, request.inferenceConfig?.maxTokens);
  for (const field of fields.values()) {
    const translate = TRANSLATED_FIELDS.get(field.name);
    draft.source = field.path;
    if (translate === undefined) draft.add(field.name, field.name, field.value);
    else if (field.value != null) translate(field, draft, context);
  }
  const thinking = fields.get('thinking') ?? fields.get('reasoning_config');
  const { maxTokens } = draft;
  if (thinking !== undefined) {
    lowerReasoningBudget(params, 'thinking', { path: thinking.path, maxTokens }, context);
  }
  const reasoning = fields.get('reasoning');
  if (reasoning !== undefined) {
    lowerReasoningBudget(params, 'reasoning', { path: reasoning.path, maxTokens }, context);
  }
  addReasoningEffort(fields, request.outputConfig?.effort, draft, context);
}

/** Reads the fields into a Map, in which a client's key such as `__proto__` is harmless. */
function readAdditionalFields(request: ConverseRequestDto): ReadonlyMap<string, AdditionalField> {
  const fields = new Map<string, AdditionalField>();
  if (request.additionalModelRequestFields == null) return fields;
  for (const field of entriesOf(request.additionalModelRequestFields, MEMBER).flatMap(spreadExtraBody)) {
    const { name } = field;
    const member = CONVERSE_MEMBER.get(name);
    if (fields.has(name) || (member !== undefined && request[member] != null)) throw conflict(name);
    const forbidden = forbiddenPath(field);
    if (forbidden !== undefined) throw unsupported(forbidden, 'this field is not open to clients.');
    fields.set(name, field);
  }
  return fields;
}

/** `extra_body` is the OpenAI SDKs' option for further fields. Its members count as fields themselves. */
function spreadExtraBody(field: AdditionalField): AdditionalField[] {
  return field.name === 'extra_body' ? entriesOf(field.value, field.path) : [field];
}

function entriesOf(value: unknown, path: string): AdditionalField[] {
  const fields = objectOf(value);
  if (fields === undefined) throw invalid(path, 'provide a JSON object.');
  return Object.entries(fields).map(([name, value]) => ({ name, path: `${path}.${shortened(name)}`, value }));
}
