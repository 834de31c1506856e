import {
  CHAT,
  CHAT_PROMPT,
  PLAYLIST,
  promptArn,
  PROMPTED_FILE,
  textPrompt,
} from './support/prompted-file.js';
import { RoutedService } from './support/routed-service.js';

const SONGS = { genre: { text: 'pop' }, number: { text: '3' } };
const WEATHER = { city: { text: 'Rome' }, language: { text: 'Latin' } };
const HELLO = [{ role: 'user', content: [{ text: 'Hello' }] }];
const IMAGE = { image: { format: 'png', source: { s3Location: { uri: 's3://bucket/key' } } } };
const [CHAT_VARIANT] = CHAT_PROMPT.variants;
const LLAMA_TOOLS = {
  ...CHAT_PROMPT,
  id: 'LLAMATOOLS',
  arn: undefined,
  variants: [{ ...CHAT_VARIANT, modelId: 'meta.llama3-8b-instruct-v1:0' }],
};

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(
    {
      ...PROMPTED_FILE,
      models: [
        { match: 'embedder', route: [{ upstream: 'model' }], invokeFormat: 'titan-text-embeddings' },
        { match: 'test.*', route: [{ upstream: 'model', model: 'm' }] },
        { match: 'meta.*', route: [{ upstream: 'model', model: 'm' }] },
      ],
      prompts: [
        ...(PROMPTED_FILE.prompts ?? []),
        LLAMA_TOOLS,
        textPrompt({ id: 'REPEATED00', text: '{{a}}'.repeat(20) }),
        textPrompt({ id: 'EMBEDDER00', text: 'Hello', modelId: 'embedder' }),
        {
          ...textPrompt({
            id: 'BADTOPLOGP',
            text: 'Hello',
            variant: { additionalModelRequestFields: { tools: 1 } },
          }),
        },
      ],
    },
    { MAX_BODY_MB: '1' },
  );
});
afterAll(() => service[Symbol.asyncDispose]());
afterEach(() => {
  expect(service.asked).toEqual({ model: 0 });
});

type Case = [name: string, modelId: string, body: unknown, message: string | RegExp];

const CONVERSE: Case[] = [
  [
    'no variables at all',
    promptArn(`${PLAYLIST}:2`),
    {},
    'promptVariables is invalid: it lacks genre, number.',
  ],
  [
    'null for the variables',
    promptArn(`${PLAYLIST}:2`),
    { promptVariables: null },
    'it lacks genre, number.',
  ],
  [
    'one variable missing',
    promptArn(`${PLAYLIST}:2`),
    { promptVariables: { genre: SONGS.genre } },
    'it lacks number.',
  ],
  [
    'an unknown variable',
    promptArn(`${PLAYLIST}:2`),
    { promptVariables: { ...SONGS, mood: { text: 'x' } } },
    'promptVariables.mood is invalid: the prompt has no variable mood.',
  ],
  [
    'a variable of another version',
    promptArn(PLAYLIST),
    { promptVariables: SONGS },
    'the prompt has no variable number.',
  ],
  [
    'the names of inherited members',
    promptArn(PLAYLIST),
    '{"promptVariables":{"constructor":{"text":"x"},"__proto__":{"text":"y"}}}',
    'it lacks genre, and the prompt has no variable constructor, __proto__.',
  ],
  [
    'variables for a prompt that has none',
    promptArn('NOVARIABLE'),
    { promptVariables: { x: { text: 'y' } } },
    'the prompt has no variable x.',
  ],
  [
    'many unknown variables',
    promptArn('NOVARIABLE'),
    {
      promptVariables: Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`v${index}`, { text: '' }]),
      ),
    },
    /v19 and 10 more\.$/,
  ],
  [
    'a value that is a string',
    promptArn(PLAYLIST),
    { promptVariables: { genre: 'pop' } },
    /'promptVariables' .*must be an object/,
  ],
  [
    'a value without text',
    promptArn(PLAYLIST),
    { promptVariables: { genre: {} } },
    /'promptVariables' .*exactly one of: \[text\]/,
  ],
  [
    'a value that is a number',
    promptArn(PLAYLIST),
    { promptVariables: { genre: { text: 1 } } },
    /'promptVariables' .*must be a string/,
  ],
  ['a list of variables', promptArn(PLAYLIST), { promptVariables: ['pop'] }, 'promptVariables'],
  [
    'values that make a prompt longer than a body',
    promptArn('REPEATED00'),
    { promptVariables: { a: { text: 'x'.repeat(100_000) } } },
    'more than 1048576 characters',
  ],
  [
    'a system prompt',
    promptArn(CHAT),
    { promptVariables: WEATHER, system: [{ text: 'x' }] },
    'The value at system is',
  ],
  [
    'an empty system prompt',
    promptArn(CHAT),
    { promptVariables: WEATHER, system: [] },
    'The value at system is',
  ],
  [
    'inference parameters',
    promptArn(CHAT),
    { promptVariables: WEATHER, inferenceConfig: { maxTokens: 1 } },
    'The value at inferenceConfig is',
  ],
  [
    'empty inference parameters',
    promptArn(CHAT),
    { promptVariables: WEATHER, inferenceConfig: {} },
    'The value at inferenceConfig is',
  ],
  [
    'tools',
    promptArn(CHAT),
    {
      promptVariables: WEATHER,
      toolConfig: { tools: [{ toolSpec: { name: 'f', inputSchema: { json: {} } } }] },
    },
    'The value at toolConfig is',
  ],
  [
    'additional fields',
    promptArn(CHAT),
    { promptVariables: WEATHER, additionalModelRequestFields: { top_k: 1 } },
    'The value at additionalModelRequestFields is',
  ],
  [
    'an appended message that cannot be carried, named as the client has it',
    promptArn(CHAT),
    { promptVariables: WEATHER, messages: [...HELLO, { role: 'user', content: [IMAGE] }] },
    /\bmessages\.1\.content\.0\.image\.source\.s3Location\b/,
  ],
  [
    'an appended message without a role',
    promptArn(CHAT),
    { promptVariables: WEATHER, messages: [{ content: [] }] },
    'messages.0.role',
  ],
  [
    'a response path that is none',
    promptArn('NOVARIABLE'),
    { additionalModelResponseFieldPaths: ['x'] },
    'additionalModelResponseFieldPaths.0',
  ],
  [
    'a prompt that cannot be sent, named as that of the prompt',
    promptArn('BADTOPLOGP'),
    {},
    /\bprompt\.additionalModelRequestFields\b/,
  ],
];

const INVOKE: Case[] = [
  ['a variable missing', promptArn(PLAYLIST), {}, 'promptVariables is invalid: it lacks genre.'],
  ['a body missing', promptArn(PLAYLIST), undefined, 'promptVariables is invalid: it lacks genre.'],
  ['messages', promptArn('NOVARIABLE'), { messages: HELLO }, 'The value at messages is invalid'],
  ['a native body', promptArn('NOVARIABLE'), { anthropic_version: 'x' }, 'The value at anthropic_version is'],
  [
    'parameters',
    promptArn('NOVARIABLE'),
    { promptVariables: {}, max_tokens: 1 },
    'The value at max_tokens is',
  ],
  ['a list', promptArn('NOVARIABLE'), [], 'must be a JSON object'],
  ['no JSON', promptArn('NOVARIABLE'), '{', 'not valid JSON'],
  [
    'tags for a guardrail',
    promptArn('NOVARIABLE'),
    { 'amazon-bedrock-guardrailConfig': { tagSuffix: 'x' } },
    'amazon-bedrock-guardrailConfig.tagSuffix is',
  ],
  [
    'tools in a format of texts',
    promptArn('LLAMATOOLS'),
    { promptVariables: WEATHER },
    'answers of the format llama cannot tell their calls',
  ],
  ['a model that embeds', promptArn('EMBEDDER00'), {}, 'the format of its model is titan-text-embeddings'],
];

async function refusal(operation: string, modelId: string, body: unknown): Promise<unknown[]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await service.post(modelId, operation, { ...(text !== undefined && { body: text }) });
  const { message } = (await response.json()) as { message: string };
  return [response.status, response.headers.get('x-amzn-errortype'), message];
}

const refused = (message: string | RegExp): unknown[] => [
  400,
  'ValidationException',
  message instanceof RegExp ? expect.stringMatching(message) : expect.stringContaining(message),
];

describe.each(['converse', 'converse-stream'])('%s with a prompt refuses', (operation) => {
  it.each(CONVERSE)('%s', async (_, modelId, body, message) => {
    expect(await refusal(operation, modelId, body)).toEqual(refused(message));
  });
});

describe.each(['invoke', 'invoke-with-response-stream'])('%s with a prompt refuses', (operation) => {
  it.each(INVOKE)('%s', async (_, modelId, body, message) => {
    expect(await refusal(operation, modelId, body)).toEqual(refused(message));
  });
});
