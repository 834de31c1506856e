import type { Environment } from '../../src/config/environment.js';

/** A chat completion request that is refused with 400, without a call to the upstream. */
export interface BadChatRequest {
  readonly name: string;
  readonly body: Record<string, unknown>;
  /** What the error names. */
  readonly path: string;
  readonly environment: Partial<Record<keyof Environment, string>>;
}

const HELLO = [{ role: 'user', content: 'Hello.' }];
const WEATHER = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };

function bad(
  path: string,
  members: Record<string, unknown>,
  environment: BadChatRequest['environment'] = {},
): BadChatRequest {
  const name = `${path} of ${JSON.stringify(members)}`.slice(0, 120);
  return { name, path, environment, body: { messages: HELLO, ...members } };
}

const SHAPE: readonly BadChatRequest[] = [
  bad('messages', { messages: {} }),
  bad('messages', { messages: [] }),
  bad('messages.0', { messages: ['Hello.'] }),
  bad('messages.0.role', { messages: [{ content: 'Hello.' }] }),
  bad('messages.0.role', { messages: [{ role: 5, content: 'Hello.' }] }),
  bad('messages.0.content', { messages: [{ role: 'user', content: 5 }] }),
  bad('messages.1.content', { messages: [...HELLO, { role: 'user', content: ['Hello.'] }] }),
  bad('tools', { tools: {} }),
  bad('tools.0', { tools: ['weather'] }),
  bad('tools.0.type', { tools: [{ ...WEATHER, type: 5 }] }),
  bad('n', { n: 0 }),
  bad('n', { n: 1.5 }),
  bad('n', { n: 129 }),
  bad('stream', { stream: 'yes' }),
  bad('stream_options', { stream_options: true }),
  bad('stream_options.include_usage', { stream_options: { include_usage: 1 } }),
];

const at = (type: string, value: unknown) => ({
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look.' },
        { type, [type]: value },
      ],
    },
  ],
});

/** Addresses that no server may load. */
const ADDRESSES: readonly BadChatRequest[] = [
  bad('messages.0.content.1.image_url.url', at('image_url', { url: 'file:///etc/passwd' })),
  bad('messages.0.content.1.image_url.url', at('image_url', { url: '\tfile:/etc/passwd' })),
  bad('messages.0.content.1.image_url', at('image_url', 'gopher://10.0.0.1:6379/x')),
  bad('messages.0.content.1.video_url.url', at('video_url', { url: 's3://bucket/x.mp4' })),
  bad('messages.0.content.1.file.file_data', at('file', { file_data: 'file:///x.pdf' })),
  bad('messages.0.content.1.image_url.url', at('image_url', { url: 'https://a.example/x.png' }), {
    UPSTREAM_MEDIA_URLS: 'refuse',
  }),
];

/** Members that send or keep data elsewhere, and names that a server might read as the proxy's own. */
const FORBIDDEN: readonly BadChatRequest[] = [
  bad('store', { store: true }),
  bad('store', { store: 'yes' }),
  ...(
    'Model ſtream Stream_Options system api_base api_key base_url extra_headers extra_body fallbacks models mock_response ' +
    'langfuse_host success_callback vertex_credentials bootstrap_room kv_transfer_params tags cache constructor prototype'
  )
    .split(' ')
    .map((name) => bad(name, { [name]: 'x' })),
  bad('provider.api_key', { provider: { api_key: 'x' } }),
  bad('tools.0.type', { tools: [{ type: 'web_search' }] }),
  bad('tools.1.type', { tools: [WEATHER, { type: 'mcp', server_url: 'http://10.0.0.1' }] }),
  bad('tools.0.server_url', { tools: [{ ...WEATHER, server_url: 'http://10.0.0.1' }] }),
];

const OPENAI = { OPENAI_DIALECT: 'openai' };
const LLAMA_CPP = { OPENAI_DIALECT: 'llamacpp' };
const REJECT = { UNSUPPORTED_PARAMETERS: 'reject' };
const allowing = (name: string) => ({
  mode: 'auto',
  tools: [{ type: 'function', function: { name } }],
});

const BY_DIALECT: readonly BadChatRequest[] = [
  bad('max_completion_tokens', { max_tokens: 5, max_completion_tokens: 5 }),
  bad('stop', { stop: ['a', 'b', 'c', 'd', 'e'] }, OPENAI),
  bad(
    'tool_choice.function.name',
    { tools: [WEATHER], tool_choice: { type: 'function', function: { name: 'other' } } },
    LLAMA_CPP,
  ),
  bad(
    'tool_choice.allowed_tools.tools.0.function.name',
    { tools: [WEATHER], tool_choice: { type: 'allowed_tools', allowed_tools: allowing('other') } },
    LLAMA_CPP,
  ),
  bad('metadata', { metadata: { team: 'a' } }, REJECT),
  bad('top_k', { top_k: 5 }, { ...OPENAI, ...REJECT }),
];

export const BAD_CHAT_REQUESTS: readonly BadChatRequest[] = [
  ...SHAPE,
  ...ADDRESSES,
  ...FORBIDDEN,
  ...BY_DIALECT,
];
