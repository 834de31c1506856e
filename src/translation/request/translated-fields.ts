import { listOf, objectOf } from '../json-value.js';
import { anthropicToolChoiceToParams } from './anthropic-tool-choice.js';
import { isThinking } from './reasoning-effort.js';
import { jsonSchemaToParams } from './output-config.js';
import { withinOutputLimit } from './output-limit.js';
import { type AdditionalField, type ParamsDraft, shortened } from './params-draft.js';
import type { RequestContext } from './request-context.js';
import { stopSequencesToStop } from './stop-sequences.js';

type Translate = (field: AdditionalField, draft: ParamsDraft, context: RequestContext) => void;

/** OpenAI's limit. */
const MAX_SAFETY_IDENTIFIER_CHARACTERS = 64;

const toField =
  (target: string): Translate =>
  ({ name, value }, draft) =>
    draft.add(name, target, value);

const toTokenLimit =
  (field?: 'max_completion_tokens'): Translate =>
  ({ name, path, value }, draft, context) => {
    draft.add(name, field ?? context.dialect.maxTokensField, withinOutputLimit(value, path, context));
    draft.maxTokens = value;
  };

const toStop: Translate = ({ name, path, value }, draft, { dialect }) => {
  stopSequencesToStop(listOf(value), path, dialect);
  draft.add(name, 'stop', value);
};

const toTopK: Translate = ({ name, path, value }, draft, { dialect, ignored }) => {
  if (dialect.topK) draft.add(name, 'top_k', value);
  else ignored.parameter(path);
};

/** Servers that accept Anthropic's `thinking` get it unchanged. For others, addReasoningEffort converts it. */
const toThinking: Translate = ({ name, value }, draft, { target }) => {
  if (isThinking(value, target)) draft.add(name, 'thinking', value);
};

/** addReasoningEffort reads this field, together with the others that set an effort. */
const leaveToEffort: Translate = () => undefined;

const ignore: Translate = ({ path }, _, { ignored }) => ignored.parameter(path);

/** Anthropic's `output_config.format` → `response_format`. Its schema is JSON, not text. */
const toResponseFormat: Translate = ({ name, path, value }, draft, context) => {
  const schema = objectOf(objectOf(value)?.schema);
  if (schema === undefined) return context.ignored.parameter(path);
  const { response_format } = jsonSchemaToParams({ schema }, path, context);
  if (response_format !== undefined) draft.add(name, 'response_format', response_format);
};

/**
 * Anthropic's `metadata.user_id` → `safety_identifier`. OpenAI's `metadata` is not used, because OpenAI stores it with the
 * completion.
 */
const toSafetyIdentifier: Translate = ({ name, path, value }, draft, { dialect, ignored }) => {
  const userId = objectOf(value)?.user_id;
  const fits = typeof userId === 'string' && userId.length <= MAX_SAFETY_IDENTIFIER_CHARACTERS;
  if (dialect.safetyIdentifier && fits) draft.add(name, 'safety_identifier', userId);
  else ignored.parameter(path);
};

const toParallelToolCalls: Translate = ({ name, path, value }, draft, { dialect, ignored }) => {
  if (dialect.parallelToolCalls && draft.has('tools')) draft.add(name, 'parallel_tool_calls', value);
  else ignored.parameter(path);
};

/** Translates each member of a field on its own. */
const toMembers =
  (members: ReadonlyMap<string, Translate>): Translate =>
  ({ name, path, value }, draft, context) => {
    const fields = objectOf(value);
    if (fields === undefined) return context.ignored.parameter(path);
    for (const [member, inner] of Object.entries(fields)) {
      const field = { name: `${name}.${member}`, path: `${path}.${shortened(member)}`, value: inner };
      draft.source = field.path;
      if (inner != null) (members.get(member) ?? ignore)(field, draft, context);
    }
  };

/** Anthropic's `output_config`. */
const OUTPUT_CONFIG_FIELDS: ReadonlyMap<string, Translate> = new Map([
  ['effort', leaveToEffort],
  ['format', toResponseFormat],
]);

/** Nova's `inferenceConfig` within the additional fields. */
const NOVA_INFERENCE_FIELDS: ReadonlyMap<string, Translate> = new Map([
  ['maxTokens', toTokenLimit()],
  ['temperature', toField('temperature')],
  ['topP', toField('top_p')],
  ['topK', toTopK],
  ['stopSequences', toStop],
]);

/** Fields of model families on Bedrock that chat completions name differently. All others are passed on unchanged. */
export const TRANSLATED_FIELDS: ReadonlyMap<string, Translate> = new Map([
  ...NOVA_INFERENCE_FIELDS,
  ['max_tokens', toTokenLimit()],
  ['max_completion_tokens', toTokenLimit('max_completion_tokens')],
  ['max_gen_len', toTokenLimit()],
  ['maxTokenCount', toTokenLimit()],
  ['p', toField('top_p')],
  ['k', toTopK],
  ['top_k', toTopK],
  ['stop', toStop],
  ['stop_sequences', toStop],
  ['inferenceConfig', toMembers(NOVA_INFERENCE_FIELDS)],
  ['output_config', toMembers(OUTPUT_CONFIG_FIELDS)],
  ['reasoning_effort', leaveToEffort],
  ['reasoningConfig', leaveToEffort],
  ['thinking', toThinking],
  ['reasoning_config', toThinking],
  ['tool_choice', anthropicToolChoiceToParams],
  ['parallel_tool_calls', toParallelToolCalls],
  ['metadata', toSafetyIdentifier],
  ['anthropic_beta', ignore],
  ['anthropic_version', ({ path }, _, { ignored }) => ignored.hint(path)],
]);
