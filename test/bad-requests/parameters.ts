import type { DialectName } from '../../src/config/dialect-names.js';
import { badRequest, goodWith, speaksOf, type BadRequest } from '../support/bad-request.js';

const FIELDS = 'additionalModelRequestFields';
const TOOLS = [{ toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } }];
const STRICT_TOOLS = TOOLS.map(({ toolSpec }) => ({ toolSpec: { ...toolSpec, strict: true } }));
const SCHEMA = { type: 'json_schema', structure: { jsonSchema: { schema: '{"type":"object"}' } } };

const adding = (fields: unknown, members: Record<string, unknown> = {}) =>
  goodWith({ [FIELDS]: fields, ...members });
const toolConfig = (members: Record<string, unknown>) =>
  goodWith({ toolConfig: { tools: TOOLS, ...members } });
const schema = (text: string) => ({ ...SCHEMA, structure: { jsonSchema: { schema: text } } });
const schemaPath = 'outputConfig.textFormat.structure.jsonSchema.schema';

const PROTECTED: readonly BadRequest[] = [
  'model',
  'stream',
  'stream_options',
  'tools',
  'functions',
  'n',
  'store',
  'api_base',
  'api_key',
  'base_url',
  'extra_headers',
  'fallbacks',
  'mock_response',
  'langfuse_host',
  'slack_webhook_url',
  'bootstrap_room',
  'kv_transfer_params',
  'gcs_bucket_name',
  'success_callback',
  'input_cost_per_token',
  'Model',
  'constructor',
  'prototype',
].flatMap((field) => [
  badRequest(`the protected field ${field}`, adding({ [field]: 'x' }), speaksOf(`${FIELDS}.${field}`)),
  badRequest(
    `the protected field ${field} in extra_body`,
    adding({ extra_body: { [field]: 'x' } }),
    speaksOf(`${FIELDS}.extra_body.${field}`),
  ),
]);

const CONFLICTS: readonly BadRequest[] = (
  [
    ['temperature', { inferenceConfig: { temperature: 0 } }],
    ['top_p', { inferenceConfig: { topP: 0.5 } }],
    ['max_tokens', { inferenceConfig: { maxTokens: 5 } }],
    ['max_completion_tokens', { inferenceConfig: { maxTokens: 5 } }],
    ['stop_sequences', { inferenceConfig: { stopSequences: ['a'] } }],
    ['response_format', { outputConfig: { textFormat: SCHEMA } }],
    ['tool_choice', { toolConfig: { tools: TOOLS, toolChoice: { any: {} } } }],
    ['tools', { toolConfig: { tools: TOOLS } }],
    ['system', { system: [{ text: 'Be brief.' }] }],
    ['messages', {}],
  ] as const
).map(([field, members]) =>
  badRequest(
    `the additional field ${field} beside the member`,
    adding({ [field]: ['x'] }, members),
    `The additional field ${field} conflicts with an existing field.`,
  ),
);

const VALUES: readonly BadRequest[] = [
  badRequest('additional fields that are a list', adding([{ top_k: 5 }]), speaksOf(FIELDS)),
  badRequest('additional fields that are a text', adding('{"top_k":5}'), speaksOf(FIELDS)),
  badRequest('an extra_body that is a list', adding({ extra_body: [] }), speaksOf(`${FIELDS}.extra_body`)),
  badRequest(
    'a prototype',
    `{"messages":[{"role":"user","content":[{"text":"a"}]}],"${FIELDS}":{"__proto__":{"n":2}}}`,
    speaksOf(`${FIELDS}.__proto__`),
  ),
  badRequest(
    'a path that is no pointer',
    goodWith({ additionalModelResponseFieldPaths: ['/usage', 'usage'] }),
    speaksOf('additionalModelResponseFieldPaths.1'),
  ),
  badRequest(
    'a pointer with a bad escape',
    goodWith({ additionalModelResponseFieldPaths: ['/a~2'] }),
    speaksOf('additionalModelResponseFieldPaths.0'),
  ),
  badRequest(
    'a schema that is no JSON',
    goodWith({ outputConfig: { textFormat: schema('{type: object}') } }),
    speaksOf(schemaPath),
  ),
  badRequest(
    'a schema that is a list',
    goodWith({ outputConfig: { textFormat: schema('[]') } }),
    speaksOf(schemaPath),
  ),
  badRequest(
    'two tools of one name',
    goodWith({ toolConfig: { tools: [...TOOLS, ...TOOLS] } }),
    speaksOf('toolConfig.tools.1.toolSpec.name'),
  ),
  badRequest(
    'a choice of no tool',
    toolConfig({ toolChoice: { tool: { name: 'time' } } }),
    speaksOf('toolConfig.toolChoice.tool.name'),
  ),
  badRequest(
    'a system tool',
    goodWith({ toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] } }),
    speaksOf('toolConfig.tools.0.systemTool'),
  ),
  badRequest(
    'an input schema that is a text',
    goodWith({ toolConfig: { tools: [{ toolSpec: { name: 'f', inputSchema: { json: '{}' } } }] } }),
    speaksOf('toolConfig.tools.0.toolSpec.inputSchema.json'),
  ),
  badRequest(
    'an input schema of a list',
    goodWith({
      toolConfig: { tools: [{ toolSpec: { name: 'f', inputSchema: { json: { type: 'array' } } } }] },
    }),
    'The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.',
  ),
  badRequest(
    'a removal of no tool',
    removing({ name: 'time' }),
    speaksOf('messages.0.content.0.toolRemoval.tool.name'),
  ),
  badRequest(
    'a tool of an MCP server',
    removing({ name: 'weather', serverName: 'maps' }),
    speaksOf('messages.0.content.0.toolRemoval.tool.serverName'),
  ),
  badRequest(
    'five stop sequences for a server that takes four',
    goodWith({ inferenceConfig: { stopSequences: ['a', 'b', 'c', 'd', 'e'] } }),
    speaksOf('inferenceConfig.stopSequences'),
    {
      environment: { OPENAI_DIALECT: 'openai' },
    },
  ),
];

function removing(tool: Record<string, string>): Record<string, unknown> {
  const messages = [
    { role: 'system', content: [{ toolRemoval: { tool } }] },
    { role: 'user', content: [{ text: 'a' }] },
  ];
  return { messages, toolConfig: { tools: TOOLS } };
}

/** Parameters that are ignored and reported, unless the setting refuses them. */
const REJECTED: readonly BadRequest[] = (
  [
    [
      'guardrailConfig',
      'generic',
      goodWith({ guardrailConfig: { guardrailIdentifier: 'abc', guardrailVersion: '1' } }),
    ],
    ['promptVariables', 'generic', goodWith({ promptVariables: { a: { text: 'b' } } })],
    ['requestMetadata', 'generic', goodWith({ requestMetadata: { a: 'b' } })],
    ['performanceConfig', 'generic', goodWith({ performanceConfig: { latency: 'optimized' } })],
    ['serviceTier', 'generic', goodWith({ serviceTier: { type: 'flex' } })],
    [`${FIELDS}.anthropic_beta`, 'generic', adding({ anthropic_beta: ['x'] })],
    [`${FIELDS}.metadata`, 'generic', adding({ metadata: { user_id: 'a' } })],
    [`${FIELDS}.inferenceConfig.topK`, 'openai', adding({ inferenceConfig: { topK: 5 } })],
    ['toolConfig.toolChoice.any', 'ollama', toolConfig({ toolChoice: { any: {} } })],
    ['toolConfig.tools.0.toolSpec.strict', 'lmstudio', toolConfig({ tools: STRICT_TOOLS })],
    ['outputConfig.textFormat', 'deepseek', goodWith({ outputConfig: { textFormat: SCHEMA } })],
  ] as const satisfies readonly (readonly [string, DialectName, unknown])[]
).map(([path, dialect, body]) =>
  badRequest(`${path}, where it is to be rejected`, body, speaksOf(path), {
    environment: { UNSUPPORTED_PARAMETERS: 'reject', OPENAI_DIALECT: dialect },
  }),
);

export const PARAMETERS: readonly BadRequest[] = [...PROTECTED, ...CONFLICTS, ...VALUES, ...REJECTED];
