import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';
import { forbiddenPath } from './forbidden-fields.js';
import { addReasoningEffort } from './reasoning-effort.js';
import { type AdditionalField, conflict, ParamsDraft, shortened } from './params-draft.js';
import { invalid, unsupported } from './refuse.js';
import type { RequestContext } from './request-context.js';
import { TRANSLATED_FIELDS } from './translated-fields.js';

const MEMBER = 'additionalModelRequestFields';

/** Fields that Converse has its own members for. */
const CONVERSE_MEMBER: ReadonlyMap<string, keyof ConverseRequestDto> = new Map([
  ['messages', 'messages'],
  ['system', 'system'],
  ['tools', 'toolConfig'],
]);

/**
 * `additionalModelRequestFields` and `outputConfig.effort` → further params: names of other model families
 * translated, the rest as it is.
 * @throws ValidationException for what clients may not set, and for what another member has set
 */
export function addAdditionalFields(
  request: ConverseRequestDto,
  params: ChatCompletionParams,
  context: RequestContext,
): void {
  const fields = readAdditionalFields(request);
  const draft = new ParamsDraft(params);
  for (const field of fields.values()) {
    const translate = TRANSLATED_FIELDS.get(field.name);
    if (translate === undefined) draft.add(field.name, field.name, field.value);
    else if (field.value != null) translate(field, draft, context);
  }
  addReasoningEffort(fields, request.outputConfig?.effort, draft, context);
}

/** A map: its keys are the client's, and no key of a map reaches a prototype. */
function readAdditionalFields(request: ConverseRequestDto): ReadonlyMap<string, AdditionalField> {
  const fields = new Map<string, AdditionalField>();
  if (request.additionalModelRequestFields == null) return fields;
  for (const field of entriesOf(request.additionalModelRequestFields, MEMBER).flatMap(spreadExtraBody)) {
    const { name } = field;
    const member = CONVERSE_MEMBER.get(name);
    if (fields.has(name) || (member !== undefined && request[member] != null)) throw conflict(name);
    const closed = forbiddenPath(field);
    if (closed !== undefined) throw unsupported(closed, 'this field is not open to clients.');
    fields.set(name, field);
  }
  return fields;
}

/** The way in which the OpenAI SDKs are given further fields, and which people copy. */
function spreadExtraBody(field: AdditionalField): AdditionalField[] {
  return field.name === 'extra_body' ? entriesOf(field.value, field.path) : [field];
}

function entriesOf(value: unknown, path: string): AdditionalField[] {
  const fields = objectOf(value);
  if (fields === undefined) throw invalid(path, 'provide a JSON object.');
  return Object.entries(fields).map(([name, value]) => ({ name, path: `${path}.${shortened(name)}`, value }));
}
