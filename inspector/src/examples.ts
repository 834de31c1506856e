import { ANTHROPIC, CHAT, CONVERSE, EMBEDDINGS, GUARDRAIL, IMAGE, RERANK } from './example-bodies.ts';

/** A request to begin with. `{model}`, `{guardrail}` and `{prompt}` stand for ids, in path and body. */
export interface Example {
  readonly name: string;
  readonly path: string;
  /** Undefined for a GET. */
  readonly body?: object;
}

const { messages } = CONVERSE;

/** At least one for each operation that there is. */
export const EXAMPLES: readonly Example[] = [
  { name: 'Converse', path: '/model/{model}/converse', body: CONVERSE },
  {
    name: 'Converse with a tool',
    path: '/model/{model}/converse',
    body: {
      messages: [{ role: 'user', content: [{ text: 'What is the weather in Paris?' }] }],
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'get_weather',
              description: 'The weather in a city, now',
              inputSchema: {
                json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
              },
            },
          },
        ],
      },
    },
  },
  {
    name: 'Converse with an answer in JSON',
    path: '/model/{model}/converse',
    body: {
      messages,
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: {
            jsonSchema: {
              name: 'capital',
              schema: JSON.stringify({ type: 'object', properties: { city: { type: 'string' } } }),
            },
          },
        },
      },
    },
  },
  {
    name: 'Converse with a guardrail',
    path: '/model/{model}/converse',
    body: {
      messages,
      guardrailConfig: { guardrailIdentifier: '{guardrail}', guardrailVersion: 'DRAFT', trace: 'enabled' },
    },
  },
  { name: 'ConverseStream', path: '/model/{model}/converse-stream', body: { messages } },
  { name: 'CountTokens', path: '/model/{model}/count-tokens', body: { input: { converse: { messages } } } },
  { name: 'InvokeModel, Anthropic', path: '/model/{model}/invoke', body: ANTHROPIC.native },
  {
    name: 'InvokeModel, Nova',
    path: '/model/{model}/invoke',
    body: { schemaVersion: 'messages-v1', messages },
  },
  {
    name: 'InvokeModel, Llama',
    path: '/model/{model}/invoke',
    body: { prompt: 'What is the capital of France?', max_gen_len: 200 },
  },
  { name: 'InvokeModel, embeddings (Titan)', path: '/model/{model}/invoke', body: EMBEDDINGS },
  { name: 'InvokeModel, rerank (Cohere)', path: '/model/{model}/invoke', body: RERANK.native },
  { name: 'InvokeModel, image (Amazon)', path: '/model/{model}/invoke', body: IMAGE },
  {
    name: 'InvokeModelWithResponseStream, Anthropic',
    path: '/model/{model}/invoke-with-response-stream',
    body: ANTHROPIC.native,
  },
  {
    name: 'InvokeModelWithResponseStream, Nova',
    path: '/model/{model}/invoke-with-response-stream',
    body: { schemaVersion: 'messages-v1', messages, inferenceConfig: { maxTokens: 200 } },
  },
  { name: 'Rerank', path: '/rerank', body: RERANK.api },
  { name: 'ApplyGuardrail', path: '/guardrail/{guardrail}/version/DRAFT/apply', body: GUARDRAIL.apply },
  { name: 'InvokeGuardrailChecks', path: '/guardrail-checks/invoke', body: GUARDRAIL.checks },
  { name: 'ListGuardrails', path: '/guardrails' },
  { name: 'GetGuardrail', path: '/guardrails/{guardrail}' },
  { name: 'ListPrompts', path: '/prompts' },
  { name: 'GetPrompt', path: '/prompts/{prompt}' },
  { name: 'Anthropic: create a message', path: '/v1/messages', body: ANTHROPIC.own },
  { name: 'Anthropic: count tokens', path: '/v1/messages/count_tokens', body: ANTHROPIC.count },
  { name: 'Anthropic on Bedrock: create a message', path: '/anthropic/v1/messages', body: ANTHROPIC.own },
  {
    name: 'Anthropic on Bedrock: count tokens',
    path: '/anthropic/v1/messages/count_tokens',
    body: ANTHROPIC.count,
  },
  { name: 'OpenAI: chat completion', path: '/openai/v1/chat/completions', body: CHAT },
  {
    name: 'OpenAI: chat completion as a stream',
    path: '/openai/v1/chat/completions',
    body: { ...CHAT, stream: true },
  },
  { name: 'OpenAI: list models', path: '/openai/v1/models' },
  { name: 'OpenAI: retrieve a model', path: '/openai/v1/models/{model}' },
  { name: 'OpenAI at the root: chat completion', path: '/v1/chat/completions', body: CHAT },
  { name: 'OpenAI at the root: list models', path: '/v1/models' },
  { name: 'OpenAI at the root: retrieve a model', path: '/v1/models/{model}' },
  { name: 'ListFoundationModels', path: '/foundation-models' },
  { name: 'GetFoundationModel', path: '/foundation-models/{model}' },
  { name: 'ListInferenceProfiles', path: '/inference-profiles' },
  { name: 'GetInferenceProfile', path: '/inference-profiles/{model}' },
  { name: 'StartAsyncInvoke (not offered)', path: '/async-invoke', body: { modelId: '{model}' } },
  { name: 'ListAsyncInvokes', path: '/async-invoke' },
  { name: 'GetAsyncInvoke (not offered)', path: '/async-invoke/abc' },
];

export interface Ids {
  readonly model: string;
  readonly guardrail: string;
  readonly prompt: string;
}

/** What the form sends. */
export function filled({ path, body }: Example, ids: Ids): { path: string; body: string } {
  const replaced = (text: string, encode: (id: string) => string): string =>
    Object.entries<string>({ ...ids }).reduce(
      (kept, [name, id]) => kept.replaceAll(`{${name}}`, encode(id)),
      text,
    );
  return {
    path: replaced(path, encodeURIComponent),
    body: body === undefined ? '' : replaced(JSON.stringify(body, undefined, 2), jsonText),
  };
}

/** As it stands between the quotes of a JSON text. */
function jsonText(id: string): string {
  return JSON.stringify(id).slice(1, -1);
}
