import type { DialectName } from '../../config/dialect-names.js';
import { type ConverseRequest, mapRequest, refusalOf } from '../../../test/support/map-request.js';

const MEMBER = 'additionalModelRequestFields';
const TOOLS = {
  tools: [{ toolSpec: { name: 'a', inputSchema: { json: { type: 'object', properties: {} } } } }],
};

/** The params that the fields add, and the ignored fields. */
function send(fields: unknown, dialect: DialectName = 'generic', request: ConverseRequest = {}): object {
  const { params, ignored } = mapRequest({ ...request, additionalModelRequestFields: fields }, dialect);
  const { model: _model, messages: _messages, tools: _tools, ...rest } = params;
  return ignored.length === 0 ? rest : { ...rest, ignored };
}

const refused = (fields: unknown, request: ConverseRequest = {}, dialect: DialectName = 'generic') =>
  refusalOf(() => send(fields, dialect, request));

describe('fields that are sent unchanged', () => {
  it.each<[object]>([
    [{}],
    [{ seed: 7, min_p: 0.1, logit_bias: { '5': -100 }, nothing: null }],
    [{ chat_template_kwargs: { enable_thinking: false } }],
    [{ response_format: { type: 'json_object' }, verbosity: 'low' }],
    [{ max_completion_tokens: 5 }],
    [{ reasoning_effort: 'ultra' }],
    [{ toString: 1, hasOwnProperty: 2, valueOf: 3, toJSON: { a: 1 } }],
  ])('%j', (fields) => {
    expect(send(fields)).toStrictEqual(fields);
  });

  it('extra_body is spread', () => {
    expect(send({ extra_body: { top_k: 5, min_p: 0.1 }, seed: 7 })).toEqual({
      top_k: 5,
      min_p: 0.1,
      seed: 7,
    });
  });

  it('null members add nothing', () => {
    expect(send(null)).toEqual({});
    expect(send({ top_k: null, thinking: null, tool_choice: null, reasoning_effort: null })).toEqual({});
  });
});

describe('fields that are renamed', () => {
  it.each<[object, DialectName, object]>([
    [{ max_tokens: 5 }, 'generic', { max_tokens: 5 }],
    [{ max_tokens: 5 }, 'openai', { max_completion_tokens: 5 }],
    [{ max_gen_len: 5 }, 'generic', { max_tokens: 5 }],
    [{ maxTokenCount: 5 }, 'generic', { max_tokens: 5 }],
    [{ temperature: 1.5, top_p: 0.5 }, 'generic', { temperature: 1.5, top_p: 0.5 }],
    [{ topP: 0.5 }, 'generic', { top_p: 0.5 }],
    [{ p: 0.5, k: 3 }, 'generic', { top_p: 0.5, top_k: 3 }],
    [{ stop_sequences: ['x'] }, 'generic', { stop: ['x'] }],
    [{ stop: 'x' }, 'openai', { stop: 'x' }],
    [{ top_k: 5 }, 'vllm', { top_k: 5 }],
    [{ topK: 5 }, 'generic', { top_k: 5 }],
    [{ top_k: 5 }, 'openai', { ignored: [`${MEMBER}.top_k`] }],
    [{ extra_body: { topK: 5 } }, 'mistral', { ignored: [`${MEMBER}.extra_body.topK`] }],
    [
      { inferenceConfig: { topK: 5, maxTokens: 6, temperature: 0, topP: 1, stopSequences: ['x'] } },
      'generic',
      { top_k: 5, max_tokens: 6, temperature: 0, top_p: 1, stop: ['x'] },
    ],
    [
      { inferenceConfig: { topZ: 5, topK: null } },
      'generic',
      { ignored: [`${MEMBER}.inferenceConfig.topZ`] },
    ],
    [
      { anthropic_version: 'bedrock-2023-05-31', anthropic_beta: ['x'] },
      'generic',
      { ignored: [`${MEMBER}.anthropic_version`, `${MEMBER}.anthropic_beta`] },
    ],
    [{ metadata: { user_id: 'u1' } }, 'openai', { safety_identifier: 'u1' }],
    [{ metadata: { user_id: 'u'.repeat(65) } }, 'openai', { ignored: [`${MEMBER}.metadata`] }],
    [{ metadata: { user_id: 'u1' } }, 'vllm', { ignored: [`${MEMBER}.metadata`] }],
    [{ metadata: { team: 'a' } }, 'openai', { ignored: [`${MEMBER}.metadata`] }],
    [
      { output_config: { format: { type: 'json_schema', schema: { type: 'string' } } } },
      'generic',
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'response', schema: { type: 'string' }, strict: false },
        },
      },
    ],
    [
      { output_config: { format: { schema: {} }, verbosity: 1 } },
      'deepseek',
      { ignored: [`${MEMBER}.output_config.format`, `${MEMBER}.output_config.verbosity`] },
    ],
    [{ output_config: { format: 'json' } }, 'generic', { ignored: [`${MEMBER}.output_config.format`] }],
    [
      { thinking: { type: 'enabled', budget_tokens: 4096 } },
      'deepseek',
      { thinking: { type: 'enabled', budget_tokens: 4096 } },
    ],
    [{ thinking: { type: 'enabled', budget_tokens: 4096 } }, 'litellm', { reasoning_effort: 'medium' }],
    [{ reasoning_config: { type: 'enabled' } }, 'deepseek', { thinking: { type: 'enabled' } }],
  ])('%j: %s', (fields, dialect, expected) => {
    expect(send(fields, dialect)).toStrictEqual(expected);
  });
});

describe('tool_choice and parallel_tool_calls', () => {
  const named = { type: 'function', function: { name: 'a' } };

  it.each<[object, DialectName, object]>([
    [{ tool_choice: { type: 'auto' } }, 'generic', { tool_choice: 'auto' }],
    [{ tool_choice: { type: 'any' } }, 'generic', { tool_choice: 'required' }],
    [{ tool_choice: { type: 'tool', name: 'a' } }, 'generic', { tool_choice: named }],
    [{ tool_choice: { type: 'none' } }, 'generic', { tool_choice: 'none' }],
    [
      { tool_choice: { type: 'any', disable_parallel_tool_use: true } },
      'generic',
      { tool_choice: 'required', parallel_tool_calls: false },
    ],
    [
      { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      'ollama',
      { ignored: [`${MEMBER}.tool_choice.disable_parallel_tool_use`] },
    ],
    [{ tool_choice: { type: 'any' } }, 'ollama', { ignored: [`${MEMBER}.tool_choice`] }],
    [{ tool_choice: 'none' }, 'generic', { tool_choice: 'none' }],
    [{ tool_choice: named }, 'generic', { tool_choice: named }],
    [{ parallel_tool_calls: false }, 'generic', { parallel_tool_calls: false }],
    [{ parallel_tool_calls: false }, 'ollama', { ignored: [`${MEMBER}.parallel_tool_calls`] }],
  ])('%j: %s', (fields, dialect, expected) => {
    expect(send(fields, dialect, { toolConfig: TOOLS })).toEqual(expected);
  });

  it('none removes the tools if the dialect does not support tool_choice', () => {
    const request = { toolConfig: TOOLS, additionalModelRequestFields: { tool_choice: { type: 'none' } } };
    expect(mapRequest(request, 'ollama').params).not.toHaveProperty('tools');
  });

  it('are omitted without tools', () => {
    expect(send({ tool_choice: 'auto', parallel_tool_calls: true })).toEqual({
      ignored: [`${MEMBER}.tool_choice`, `${MEMBER}.parallel_tool_calls`],
    });
  });

  it('an unknown tool is refused', () => {
    expect(refused({ tool_choice: { type: 'tool', name: 'z' } }, { toolConfig: TOOLS })).toMatch(
      /additionalModelRequestFields\.tool_choice\.name is invalid/,
    );
  });
});

describe('refused', () => {
  const conflict = (name: string) =>
    `ValidationException: The additional field ${name} conflicts with an existing field.`;

  it.each<[object, ConverseRequest, string]>([
    [{ system: 'x' }, { system: [{ text: 'A' }] }, 'system'],
    [{ messages: [] }, {}, 'messages'],
    [{ tools: [] }, { toolConfig: TOOLS }, 'tools'],
    [{ temperature: 1 }, { inferenceConfig: { temperature: 0 } }, 'temperature'],
    [{ top_p: 1 }, { inferenceConfig: { topP: 0 } }, 'top_p'],
    [{ max_tokens: 1 }, { inferenceConfig: { maxTokens: 2 } }, 'max_tokens'],
    [{ max_completion_tokens: 1 }, { inferenceConfig: { maxTokens: 2 } }, 'max_completion_tokens'],
    [{ max_tokens: 1, max_completion_tokens: 1 }, {}, 'max_completion_tokens'],
    [{ stop_sequences: ['x'] }, { inferenceConfig: { stopSequences: ['y'] } }, 'stop_sequences'],
    [
      { inferenceConfig: { temperature: 1 } },
      { inferenceConfig: { temperature: 0 } },
      'inferenceConfig.temperature',
    ],
    [{ seed: 1, extra_body: { seed: 2 } }, {}, 'seed'],
    [{ extra_body: { temperature: 1 } }, { inferenceConfig: { temperature: 0 } }, 'temperature'],
    [{ tool_choice: 'auto' }, { toolConfig: { ...TOOLS, toolChoice: { any: {} } } }, 'tool_choice'],
    [
      { response_format: {} },
      { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{}' } } } } },
      'response_format',
    ],
  ])('a conflict: %j', (fields, request, name) => {
    expect(refused(fields, request)).toBe(conflict(name));
  });

  it.each([
    'model',
    'models',
    'system',
    'stream',
    'stream_options',
    'tools',
    'functions',
    'n',
    'store',
    'api_base',
    'api_key',
    'base_url',
    'base_model',
    'user_config',
    'mock_response',
    'fallbacks',
    'extra_headers',
    'aws_access_key_id',
    'vertex_credentials',
    'litellm_params',
    '__proto__',
    'constructor',
    'prototype',
    'Model',
    'STREAM',
    'ſtream',
    'MocK_response',
    'toolſ',
    'Constructor',
  ])('a protected field: %s', (name) => {
    const words = (path: string) =>
      `ValidationException: The value at ${MEMBER}.${path} is not supported: this field is not open to clients.`;
    const fields: unknown = JSON.parse(`{${JSON.stringify(name)}: "x"}`);
    expect(refused(fields)).toBe(words(name));
    expect(refused({ extra_body: fields })).toBe(words(`extra_body.${name}`));
  });

  it.each<[fields: object, path: string]>([
    [{ langfuse_host: 'x' }, 'langfuse_host'],
    [{ extra_body: { callbacks: ['x'] } }, 'extra_body.callbacks'],
    [{ extra_body: { metadata: { langfuse_host: 'x' } } }, 'extra_body.metadata.langfuse_host'],
    [{ metadata: { user_id: 'u', gcs_bucket_name: 'x' } }, 'metadata.gcs_bucket_name'],
    [{ options: { num_ctx: 1, base_url: 'x' } }, 'options.base_url'],
  ])('an address or credential of a gateway: %j', (fields, path) => {
    expect(refused(fields)).toBe(
      `ValidationException: The value at ${MEMBER}.${path} is not supported: this field is not open to clients.`,
    );
  });

  it.each<[unknown, string]>([
    [[], MEMBER],
    ['x', MEMBER],
    [7, MEMBER],
    [{ extra_body: 'x' }, `${MEMBER}.extra_body`],
    [{ extra_body: null }, `${MEMBER}.extra_body`],
  ])('a value that is not an object: %j', (fields, path) => {
    expect(refused(fields)).toBe(
      `ValidationException: The value at ${path} is invalid: provide a JSON object.`,
    );
  });

  it('extra_body inside extra_body', () => {
    expect(refused({ extra_body: { extra_body: { model: 'x' } } })).toMatch(
      /extra_body\.extra_body is not supported/,
    );
  });

  it('more stop sequences than the server accepts', () => {
    expect(refused({ stop_sequences: ['1', '2', '3', '4', '5'] }, {}, 'openai')).toBe(
      `ValidationException: The value at ${MEMBER}.stop_sequences is invalid: the upstream takes at most 4 stop sequences.`,
    );
  });

  it('a long name is shortened in the message', () => {
    const long = `aws_${'x'.repeat(100_000)}`;
    expect(refused({ [long]: 1 }).length).toBeLessThan(300);
  });
});
