import { type BadRequest, badRequest, speaksOf } from '../support/bad-request.js';

const HELLO = [{ role: 'user', content: [{ text: 'Hello' }] }];
const SAID = [{ role: 'user', content: 'Hello' }];
const FUNCTION = { function: { name: 'weather' } };

/** The path that the message names, and the body. */
type Row = readonly [path: string, body: object];

const NOVA: readonly Row[] = [
  ['schemaVersion', { schemaVersion: 'messages-v2', messages: HELLO, inferenceConfig: {} }],
  ['messages', { inferenceConfig: {} }],
  ['messages', { inferenceConfig: {}, messages: [] }],
  ['messages', { inferenceConfig: {}, messages: 'Hello' }],
  ['messages.0.role', { messages: [{ role: 'robot', content: [{ text: 'Hello' }] }] }],
  ['messages.0.content', { inferenceConfig: {}, messages: [{ role: 'user', content: 'Hello' }] }],
  [
    'messages.0.content.0.image.format',
    { messages: [{ role: 'user', content: [{ image: { format: 'bmp', source: {} } }] }] },
  ],
  [
    'messages.0.content.0.image.source.bytes',
    { messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: '%' } } }] }] },
  ],
  [
    'messages.0.content.0.video',
    { messages: [{ role: 'user', content: [{ video: { format: 'mp4', source: { bytes: 'AQID' } } }] }] },
  ],
  [
    'messages.0.content',
    { messages: [{ role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'x' }] } }] }] },
  ],
  ['messages.0.content.0', { messages: [{ role: 'user', content: [{ text: ' ' }] }] }],
  ['system.0.text', { messages: HELLO, system: [{ text: '' }] }],
  ['inferenceConfig', { messages: HELLO, inferenceConfig: 'hot' }],
  ['inferenceConfig.max_new_tokens', { messages: HELLO, inferenceConfig: { max_new_tokens: 0 } }],
  ['inferenceConfig.maxTokens', { messages: HELLO, inferenceConfig: { maxTokens: '5' } }],
  ['inferenceConfig.temperature', { messages: HELLO, inferenceConfig: { temperature: 1.5 } }],
  ['inferenceConfig.top_p', { messages: HELLO, inferenceConfig: { top_p: 2 } }],
  ['inferenceConfig.topK', { messages: HELLO, inferenceConfig: { topK: -1 } }],
  ['inferenceConfig.stopSequences.0', { messages: HELLO, inferenceConfig: { stopSequences: [''] } }],
  ['toolConfig.tools', { messages: HELLO, inferenceConfig: {}, toolConfig: { tools: [] } }],
  [
    'toolConfig.tools.0.toolSpec.name',
    { messages: HELLO, toolConfig: { tools: [{ toolSpec: { name: 'a b', inputSchema: { json: {} } } }] } },
  ],
  [
    'toolConfig.tools.0.systemTool',
    { messages: HELLO, toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] } },
  ],
];

const LLAMA: readonly Row[] = [
  ['prompt', { prompt: '', max_gen_len: 5 }],
  ['prompt', { prompt: ' \n', max_gen_len: 5 }],
  ['prompt', { prompt: '<|start_header_id|>system<|end_header_id|>Be brief.<|eot_id|>', max_gen_len: 5 }],
  ['max_gen_len', { prompt: 'Hello', max_gen_len: 0 }],
  ['max_gen_len', { prompt: 'Hello', max_gen_len: 5.5 }],
  ['temperature', { prompt: 'Hello', max_gen_len: 5, temperature: 'hot' }],
  ['top_p', { prompt: 'Hello', max_gen_len: 5, top_p: -0.1 }],
  ['images', { prompt: 'Hello', max_gen_len: 5, images: 'AQID' }],
  ['images.0', { prompt: 'Hello', max_gen_len: 5, images: ['AQID'] }],
  ['images.0', { prompt: 'Hello', max_gen_len: 5, images: ['iVBORw0KGgo%'] }],
];

const MISTRAL_TEXT: readonly Row[] = [
  ['prompt', { prompt: '[INST] [/INST]', max_tokens: 5, stop: [] }],
  ['max_tokens', { prompt: 'Hello', max_tokens: 0, stop: ['x'] }],
  ['stop', { prompt: 'Hello', max_tokens: 5, stop: 'END' }],
  ['stop.1', { prompt: 'Hello', max_tokens: 5, stop: ['END', 7] }],
  ['top_k', { prompt: 'Hello', max_tokens: 5, stop: [], top_k: 0.5 }],
  ['temperature', { prompt: 'Hello', max_tokens: 5, stop: [], temperature: 2 }],
];

const MISTRAL_CHAT: readonly Row[] = [
  ['messages', { messages: [] }],
  ['messages.0.role', { messages: [{ role: 'developer', content: 'x' }] }],
  ['messages.0.content', { messages: [{ role: 'user' }] }],
  ['messages.0.content.0.type', { messages: [{ role: 'user', content: [{ type: 'audio' }] }] }],
  [
    'messages.0.content.0.image_url',
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 7 }] }] },
  ],
  [
    'messages.0.content.0.image_url',
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'https://a.example/x.png' }] }] },
  ],
  [
    'messages.0.content.0.image_url.url',
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///x.png' } }] }] },
  ],
  [
    'messages.0.content.0.image_url.url',
    {
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,%' } }] },
      ],
    },
  ],
  [
    'messages.1.tool_calls.0.function.arguments',
    {
      messages: [
        ...SAID,
        { role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'x', arguments: '{' } }] },
      ],
    },
  ],
  ['messages.1.tool_call_id', { messages: [...SAID, { role: 'tool', content: 'x' }] }],
  ['messages.1', { messages: [...SAID, { role: 'tool', content: 'x', tool_call_id: 'a' }] }],
  ['tools.0.function.name', { messages: SAID, tools: [{ function: { name: 'a b' } }] }],
  ['tools.0.type', { messages: SAID, tools: [{ type: 'web_search', ...FUNCTION }] }],
  ['tool_choice', { messages: SAID, tools: [FUNCTION], tool_choice: 'maybe' }],
  ['tool_choice.function.name', { messages: SAID, tools: [FUNCTION], tool_choice: { type: 'function' } }],
  ['max_tokens', { messages: SAID, max_tokens: 0 }],
];

const TITAN: readonly Row[] = [
  ['inputText', { inputText: '' }],
  ['inputText', { inputText: 7 }],
  ['textGenerationConfig', { inputText: 'Hello', textGenerationConfig: [] }],
  ['textGenerationConfig.maxTokenCount', { inputText: 'Hello', textGenerationConfig: { maxTokenCount: -1 } }],
  ['textGenerationConfig.topP', { inputText: 'Hello', textGenerationConfig: { topP: 1.1 } }],
  [
    'textGenerationConfig.stopSequences',
    { inputText: 'Hello', textGenerationConfig: { stopSequences: 'x' } },
  ],
];

const COMMAND: readonly Row[] = [
  ['num_generations', { prompt: 'Hello', num_generations: 2 }],
  ['temperature', { prompt: 'Hello', p: 0.5, temperature: 6 }],
  ['k', { prompt: 'Hello', k: 501 }],
  ['return_likelihoods', { prompt: 'Hello', return_likelihoods: 'SOME' }],
  ['truncate', { prompt: 'Hello', k: 1, truncate: 'MIDDLE' }],
];

const COMMAND_R: readonly Row[] = [
  ['message', { message: '' }],
  ['chat_history.0.role', { message: 'Hello', chat_history: [{ role: 'user', message: 'x' }] }],
  ['chat_history.0.message', { message: 'Hello', chat_history: [{ role: 'USER' }] }],
  ['documents', { message: 'Hello', documents: 'Skies' }],
  ['documents.0', { message: 'Hello', documents: ['Skies'] }],
  ['tools.0.name', { message: 'Hello', tools: [{ description: 'x' }] }],
  [
    'tools.0.parameter_definitions',
    { message: 'Hello', tools: [{ name: 'x', parameter_definitions: { city: {} } }] },
  ],
  ['tool_results.0.call', { message: 'Hello', tool_results: [{ outputs: [] }] }],
  ['frequency_penalty', { message: 'Hello', frequency_penalty: 2 }],
];

const TEXT_COMPLETION: readonly Row[] = [
  ['prompt', { prompt: '<｜User｜><｜Assistant｜>' }],
  ['max_tokens', { prompt: 'Hello', max_tokens: -1 }],
  ['stop', { prompt: 'Hello', stop: {} }],
];

const ANTHROPIC_TEXT: readonly Row[] = [
  ['max_tokens_to_sample', { prompt: '\n\nHuman: Hello', max_tokens_to_sample: 0 }],
  ['max_tokens_to_sample', { prompt: '\n\nHuman: Hello', max_tokens_to_sample: null }],
  ['prompt', { prompt: '\n\nHuman:\n\nAssistant:', max_tokens_to_sample: 5 }],
  ['stop_sequences.0', { prompt: 'Hello', max_tokens_to_sample: 5, stop_sequences: [1] }],
];

const BY_MODEL: readonly (readonly [model: string, rows: readonly Row[]])[] = [
  ['us.amazon.nova-lite-v1:0', NOVA],
  ['us.meta.llama3-1-8b-instruct-v1:0', LLAMA],
  ['mistral.mistral-7b-instruct-v0:2', MISTRAL_TEXT],
  ['mistral.mistral-large-2407-v1:0', MISTRAL_CHAT],
  ['amazon.titan-text-express-v1', TITAN],
  ['cohere.command-text-v14', COMMAND],
  ['cohere.command-r-v1:0', COMMAND_R],
  ['us.deepseek.r1-v1:0', TEXT_COMPLETION],
  ['anthropic.claude-v2:1', ANTHROPIC_TEXT],
];

const OF_NATIVE_BODIES = BY_MODEL.flatMap(([model, rows]) =>
  rows.map(([path, body]) =>
    badRequest(`${model}: ${path} in ${JSON.stringify(body)}`, body, speaksOf(path), {
      path: `/model/${model}/invoke`,
    }),
  ),
);

const INVOKE = '/model/us.amazon.nova-lite-v1:0/invoke';
const GOOD = { messages: HELLO, inferenceConfig: {} };
const IDENTIFIER = 'x-amzn-bedrock-guardrailidentifier';
const VERSION = 'x-amzn-bedrock-guardrailversion';
const METADATA = 'x-amzn-bedrock-request-metadata';
const GUARDRAIL = 'amazon-bedrock-guardrailConfig';

/** The path that the message names, the headers, and members beside those of a good body. */
const HEADERS: readonly (readonly [path: string, headers: Record<string, string>, members?: object])[] = [
  [`headers.${IDENTIFIER}`, { [IDENTIFIER]: 'A!', [VERSION]: '1' }],
  [`headers.${VERSION}`, { [IDENTIFIER]: 'abc' }],
  [`headers.${VERSION}`, { [IDENTIFIER]: 'abc', [VERSION]: 'latest' }],
  [`headers.${IDENTIFIER}`, { [VERSION]: '1' }],
  ['headers.x-amzn-bedrock-trace', { 'x-amzn-bedrock-trace': 'SOMETIMES' }],
  [
    'headers.x-amzn-bedrock-performanceconfig-latency',
    { 'x-amzn-bedrock-performanceconfig-latency': 'fast' },
  ],
  ['headers.x-amzn-bedrock-service-tier', { 'x-amzn-bedrock-service-tier': 'gold' }],
  [`headers.${METADATA}`, { [METADATA]: '{' }],
  [`headers.${METADATA}`, { [METADATA]: '[]' }],
  [`headers.${METADATA}`, { [METADATA]: '{}' }],
  [`headers.${METADATA}`, { [METADATA]: JSON.stringify({ a: 'x'.repeat(8_500) }) }],
  [GUARDRAIL, {}, { [GUARDRAIL]: { tagSuffix: 'xyz' } }],
  [`${GUARDRAIL}.tagSuffix`, {}, { [GUARDRAIL]: { tagSuffix: 'x y' } }],
  [`${GUARDRAIL}.streamProcessingMode`, {}, { [GUARDRAIL]: { streamProcessingMode: 'sync' } }],
];

const OF_HEADERS = HEADERS.map(([path, headers, members]) =>
  badRequest(
    `InvokeModel with ${path} in ${JSON.stringify({ headers, members }).slice(0, 100)}`,
    { ...GOOD, ...members },
    speaksOf(path),
    {
      path: INVOKE,
      headers,
    },
  ),
);

const NO_FORMAT = /^The format of the request body is not known\. Looked for: anthropic_version, /;

const OF_NO_FORMAT = [
  badRequest('a body of no format', { question: 'Hello' }, NO_FORMAT, { path: INVOKE }),
  badRequest('a prompt whose maker nothing tells', { prompt: 'Hello' }, NO_FORMAT, {
    path: '/model/m/invoke',
  }),
  badRequest('a prompt that is no text', { prompt: 7 }, NO_FORMAT, { path: INVOKE }),
  badRequest('a list', [], 'The request body must be a JSON object', { path: INVOKE }),
  badRequest('no body', '', 'The request body must be a JSON object', { path: INVOKE }),
  badRequest('a body that is no JSON', 'Hello', 'The request body is not valid JSON', { path: INVOKE }),
  badRequest(
    'a body of a withdrawn model',
    { prompt: 'Hello', maxTokens: 5 },
    /AI21 Jurassic-2, which Bedrock has withdrawn/,
    { path: '/model/ai21.j2-mid-v1/invoke' },
  ),
];

const REJECTING = { UNSUPPORTED_PARAMETERS: 'reject' };

/** Parameters without an equivalent, under UNSUPPORTED_PARAMETERS=reject. */
const OF_REJECTED = [
  badRequest(
    'Command with truncate, rejecting',
    { prompt: 'Hello', k: 1, truncate: 'END' },
    speaksOf('truncate'),
    {
      path: '/model/cohere.command-text-v14/invoke',
      environment: REJECTING,
    },
  ),
  badRequest(
    'a latency header, rejecting',
    GOOD,
    speaksOf('headers.x-amzn-bedrock-performanceconfig-latency'),
    {
      path: INVOKE,
      headers: { 'x-amzn-bedrock-performanceconfig-latency': 'optimized' },
      environment: REJECTING,
    },
  ),
];

export const NATIVE_FORMATS: readonly BadRequest[] = [
  ...OF_NATIVE_BODIES,
  ...OF_HEADERS,
  ...OF_NO_FORMAT,
  ...OF_REJECTED,
];
