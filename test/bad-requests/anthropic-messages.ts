import { badRequest, speaksOf, type BadRequest } from '../support/bad-request.js';

const INVOKE = { path: '/model/us.anthropic.claude-x/invoke' };
const VERSION = 'bedrock-2023-05-31';
const HELLO = { role: 'user', content: 'Hello' };

const body = (members: Record<string, unknown>) => ({
  anthropic_version: VERSION,
  max_tokens: 64,
  messages: [HELLO],
  ...members,
});
const talk = (...messages: unknown[]) => body({ messages });
const ask = (...content: unknown[]) => talk({ role: 'user', content });
const tool = (members: Record<string, unknown>) =>
  body({ tools: [{ name: 'f', input_schema: { type: 'object' }, ...members }] });

const bad = (name: string, request: unknown, path: string): BadRequest =>
  badRequest(`Anthropic: ${name}`, request, speaksOf(path), INVOKE);

const BLOCK = 'messages.0.content.0';
const PNG = { type: 'base64', media_type: 'image/png', data: 'AQID' };

const ENVELOPE: readonly BadRequest[] = [
  bad('no max_tokens', { anthropic_version: VERSION, messages: [HELLO] }, 'max_tokens'),
  bad('no room for an answer', body({ max_tokens: 0 }), 'max_tokens'),
  bad('half a token', body({ max_tokens: 1.5 }), 'max_tokens'),
  bad('no messages', { anthropic_version: VERSION, max_tokens: 1 }, 'messages'),
  bad('an empty conversation', talk(), 'messages'),
  bad('messages as a text', body({ messages: 'Hello' }), 'messages'),
  bad('an unknown role', talk({ role: 'developer', content: 'Hello' }), 'messages.0.role'),
  bad('a message without content', talk({ role: 'user' }), 'messages.0.content'),
  bad('content that is a number', talk({ role: 'user', content: 5 }), 'messages.0.content'),
  bad('a user who says nothing', talk({ role: 'user', content: [] }), 'messages.0'),
  bad('a user who says only blanks', ask({ type: 'text', text: ' ' }), 'messages.0.content.0'),
  bad('a temperature above 1', body({ temperature: 1.5 }), 'temperature'),
  bad('a negative top_p', body({ top_p: -1 }), 'top_p'),
  bad('a top_k that is a text', body({ top_k: '5' }), 'top_k'),
  bad('a stop sequence that is a number', body({ stop_sequences: [5] }), 'stop_sequences.0'),
  bad('system blocks that are images', body({ system: [{ type: 'image', source: PNG }] }), 'system.0.type'),
  bad('an unknown service tier', body({ service_tier: 'priority' }), 'service_tier'),
  bad('a container', body({ container: 'container_1' }), 'container'),
  bad('an MCP server', body({ mcp_servers: [{ type: 'url', url: 'https://a.example' }] }), 'mcp_servers'),
  bad('other models to fall back to', body({ fallbacks: [{ model: 'other' }] }), 'fallbacks'),
  bad('a stored thread', body({ thread: { id: 'thread_1' } }), 'thread'),
  bad('a compaction', body({ compaction: { type: 'auto' } }), 'compaction'),
];

const CONTENT: readonly BadRequest[] = [
  bad('a block without a type', ask({ text: 'Hello' }), `${BLOCK}.type`),
  bad('a block of an unknown type', ask({ type: 'hologram' }), `${BLOCK}.type`),
  bad('a text that is none', ask({ type: 'text', text: 5 }), `${BLOCK}.text`),
  bad(
    'an image at an address',
    ask({ type: 'image', source: { type: 'url', url: 'https://a.example' } }),
    `${BLOCK}.source.url`,
  ),
  ...[
    'file:///etc/passwd',
    'ftp://a.example/x.png',
    '/x.png',
    'javascript:alert(1)',
    ' https://a.example',
  ].map((url) =>
    bad(
      `an image outside of the web: ${url}`,
      ask({ type: 'image', source: { type: 'url', url } }),
      `${BLOCK}.source.url`,
    ),
  ),
  bad(
    'an image in a store',
    ask({ type: 'image', source: { type: 'file', file_id: 'f' } }),
    `${BLOCK}.source.file_id`,
  ),
  bad(
    'an image of an unknown kind',
    ask({ type: 'image', source: { ...PNG, media_type: 'image/tiff' } }),
    `${BLOCK}.source.media_type`,
  ),
  bad(
    'an image that is not base64',
    ask({ type: 'image', source: { ...PNG, data: '%%%' } }),
    `${BLOCK}.source.data`,
  ),
  bad(
    'a document at an address',
    ask({ type: 'document', source: { type: 'url', url: 'https://a.example' } }),
    `${BLOCK}.source.url`,
  ),
  bad(
    'a document with an image',
    ask({ type: 'document', source: { type: 'content', content: [{ type: 'image', source: PNG }] } }),
    `${BLOCK}.source.content.0`,
  ),
  bad(
    'a cache control of an unknown kind',
    ask({ type: 'text', text: 'Hello', cache_control: { type: 'lasting' } }),
    `${BLOCK}.cache_control.type`,
  ),
  bad('an uploaded file', ask({ type: 'container_upload', file_id: 'f' }), BLOCK),
  bad(
    'a summary for its provider alone',
    ask({ type: 'compaction', encrypted_content: 'x' }),
    `${BLOCK}.encrypted_content`,
  ),
  bad('a user who thinks', ask({ type: 'thinking', thinking: 'Hm', signature: '' }), BLOCK),
  bad('a user who calls a tool', ask({ type: 'tool_use', id: 'a', name: 'f', input: {} }), BLOCK),
  bad(
    'a call without an id',
    talk(HELLO, { role: 'assistant', content: [{ type: 'tool_use', name: 'f', input: {} }] }),
    'messages.1.content.0.id',
  ),
  bad('a result for no call', ask({ type: 'tool_result', tool_use_id: 'a', content: 'x' }), 'messages.0'),
  bad(
    'a call without a result, behind merged messages',
    talk(HELLO, HELLO, { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: {} }] }),
    'messages.3.content',
  ),
  bad(
    'a tool result that holds thinking',
    ask({ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'thinking', thinking: '' }] }),
    `${BLOCK}.content.0.type`,
  ),
  bad(
    'a tool of an MCP server is added',
    talk(HELLO, {
      role: 'system',
      content: [{ type: 'tool_addition', tool: { type: 'mcp_tool_reference', name: 'f', server_name: 's' } }],
    }),
    'messages.1.content.0.tool',
  ),
  bad(
    'an unknown tool is removed',
    talk(HELLO, {
      role: 'system',
      content: [{ type: 'tool_removal', tool: { type: 'tool_reference', name: 'f' } }],
    }),
    'messages.1.content.0',
  ),
];

const TOOLS: readonly BadRequest[] = [
  bad('a tool without a name', tool({ name: undefined }), 'tools.0.name'),
  bad('a name of 129 characters', tool({ name: 'f'.repeat(129) }), 'tools.0.name'),
  bad('a name with a dot', tool({ name: 'a.b' }), 'tools.0.name'),
  bad('a tool without a schema', tool({ input_schema: undefined }), 'tools.0.input_schema'),
  bad('a schema that is a text', tool({ input_schema: 'object' }), 'tools.0.input_schema'),
  bad('a schema of a list', tool({ input_schema: { type: 'array' } }), 'tools.0.input_schema'),
  bad(
    'two tools of one name',
    body({ tools: [1, 2].map(() => ({ name: 'f', input_schema: {} })) }),
    'tools.1',
  ),
  ...[
    'web_search_20250305',
    'web_fetch_20250910',
    'code_execution_20250825',
    'mcp_toolset',
    'advisor_20260301',
  ].map((type) => bad(`the provider's tool ${type}`, body({ tools: [{ type, name: 'f' }] }), 'tools.0.type')),
  ...['computer_toolset_20260801', 'browser_toolset_20260801'].map((type) =>
    badRequest(
      `Anthropic: the toolset ${type}`,
      body({ tools: [{ type }] }),
      /tools\.0\.type.*sets of tools are not known here\. Declare each tool/,
      INVOKE,
    ),
  ),
  bad('a bash tool without a name', body({ tools: [{ type: 'bash_20250124' }] }), 'tools.0.name'),
  bad('an unknown choice', { ...tool({}), tool_choice: { type: 'some' } }, 'tool_choice.type'),
  bad(
    'the choice of an unknown tool',
    { ...tool({}), tool_choice: { type: 'tool', name: 'g' } },
    'tool_choice',
  ),
  bad(
    'the choice of a tool where there are none',
    body({ tool_choice: { type: 'tool', name: 'g' } }),
    'tool_choice.name',
  ),
  bad('any tool where there are none', body({ tools: [], tool_choice: { type: 'any' } }), 'tool_choice.type'),
  bad('thinking without a budget', body({ thinking: { type: 'enabled' } }), 'thinking.budget_tokens'),
  bad('an unknown kind of thinking', body({ thinking: { type: 'deep' } }), 'thinking.type'),
  bad(
    'an output format of an unknown kind',
    body({ output_config: { format: { type: 'grammar' } } }),
    'output_config.format.type',
  ),
  bad(
    'a schema of an output that is a text',
    body({ output_format: { type: 'json_schema', schema: '{}' } }),
    'output_format.schema',
  ),
  badRequest('Anthropic: a parameter without equivalent', body({ speed: 'fast' }), speaksOf('speed'), {
    ...INVOKE,
    environment: { UNSUPPORTED_PARAMETERS: 'reject' },
  }),
];

export const ANTHROPIC_MESSAGES: readonly BadRequest[] = [...ENVELOPE, ...CONTENT, ...TOOLS];
