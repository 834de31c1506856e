import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import { listOf, objectOf } from '../json-value.js';
import { forbiddenPath } from '../request/forbidden-fields.js';
import { hasFixedSampling } from '../request/inference-config.js';
import { withinOutputLimit } from '../request/output-limit.js';
import { type AdditionalField, isSet, shortened } from '../request/params-draft.js';
import { invalid, unsupported } from '../request/refuse.js';
import type { RequestContext } from '../request/request-context.js';
import { metadataToParams } from '../request/request-metadata.js';
import { stopSequencesToStop } from '../request/stop-sequences.js';

export type ChatContext = Pick<RequestContext, 'target' | 'dialect' | 'ignored'>;

/** Sets what the target gets of a member. */
type Adapt = (field: AdditionalField, params: ChatCompletionParams, context: ChatContext) => void;

/** Tools that a client runs itself. The others run at a provider, some with an address that the request names. */
const CLIENT_TOOLS: ReadonlySet<unknown> = new Set([undefined, 'function', 'custom']);

/** Members of a tool whose content clients name freely. */
const TOOL_DEFINITIONS: ReadonlySet<string> = new Set(['type', 'function', 'custom']);

const keep: Adapt = ({ name, value }, params) => {
  params[name] = value;
};

/** The proxy sets it. */
const leaveOut: Adapt = () => undefined;

const ignore: Adapt = ({ path }, _, { ignored }) => ignored.parameter(path);

const toStreamOptions: Adapt = ({ path, value }, _, { ignored }) => {
  for (const name of Object.keys(objectOf(value) ?? {})) {
    if (name !== 'include_usage') ignored.hint(`${path}.${shortened(name)}`);
  }
};

const toTokenLimit: Adapt = ({ name, path, value }, params, context) => {
  if (isSet(params, name)) throw invalid(path, 'the token limit has two names; use one of them.');
  const limit = withinOutputLimit(value, path, context);
  params[context.dialect.maxTokensField] = limit as number; // the server checks its type
};

const toSampling: Adapt = (field, params, context) => {
  const isFixed = hasFixedSampling(context.dialect, context.target.model);
  (isFixed ? ignore : keep)(field, params, context);
};

const toTopK: Adapt = (field, params, context) => {
  (context.dialect.topK ? keep : ignore)(field, params, context);
};

const toParallelToolCalls: Adapt = (field, params, context) => {
  (context.dialect.parallelToolCalls ? keep : ignore)(field, params, context);
};

const toStop: Adapt = (field, params, context) => {
  stopSequencesToStop(listOf(field.value), field.path, context.dialect);
  keep(field, params, context);
};

/** OpenAI stores a completion for `true`, and by the settings of the account without the field. */
const toStore: Adapt = (field, params, context) => {
  if (field.value !== false) throw unsupported(field.path, 'answers cannot be stored.');
  keep(field, params, context);
};

/** OpenAI keeps it with a stored completion, and gateways send it to their logs: as Bedrock's request metadata. */
const toMetadata: Adapt = ({ path, value }, params, context) => {
  const metadata = objectOf(value);
  if (metadata === undefined) return context.ignored.parameter(path);
  Object.assign(params, metadataToParams(metadata, path, context));
};

const toTools: Adapt = (field, params, context) => {
  for (const [index, tool] of listOf(field.value).entries()) {
    checkTool(objectOf(tool) ?? {}, `${field.path}.${index}`);
  }
  keep(field, params, context);
};

/** @throws ValidationException for a tool that runs elsewhere, or that names an address or a credential */
function checkTool(tool: Record<string, unknown>, path: string): void {
  if (!CLIENT_TOOLS.has(tool.type)) {
    throw unsupported(`${path}.type`, 'tools that a model provider runs itself cannot be used here.');
  }
  for (const [name, value] of Object.entries(tool)) {
    const forbidden = forbiddenPath({ name, path: `${path}.${shortened(name)}`, value });
    if (forbidden === undefined || TOOL_DEFINITIONS.has(name)) continue;
    throw unsupported(forbidden, 'this field is not open to clients.');
  }
}

/** Members that are not simply passed on. */
export const ADAPTED_FIELDS: ReadonlyMap<string, Adapt> = new Map([
  ['model', leaveOut],
  ['stream', leaveOut],
  ['stream_options', toStreamOptions],
  ['max_tokens', toTokenLimit],
  ['max_completion_tokens', toTokenLimit],
  ['temperature', toSampling],
  ['top_p', toSampling],
  ['top_k', toTopK],
  ['stop', toStop],
  ['tools', toTools],
  ['parallel_tool_calls', toParallelToolCalls],
  ['store', toStore],
  ['metadata', toMetadata],
  ['amazon-bedrock-guardrailConfig', ignore],
]);

/** Members that are open here, although no client may set them through Converse. */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  ...ADAPTED_FIELDS.keys(),
  'n',
  'functions',
  'function_call',
]);
