import { answersWith } from './support/doors.js';
import { FILTERING, GUARDRAIL, moderation } from './support/guarded-file.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

/** Stands for the address of the server that has the picture. */
const IN_ANTHROPIC = { type: 'image', source: { type: 'url', url: 'ADDRESS' } };
const IN_OPENAI = { type: 'image_url', image_url: { url: 'ADDRESS' } };
const ANTHROPIC = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9 };
const user = (...content: unknown[]) => ({ role: 'user', content });

type Body = readonly [name: string, path: string, body: object, addressPath: string];

const call = { type: 'tool_use', id: 'a', name: 'f', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a', content: [IN_ANTHROPIC] };

const MESSAGES: Body = [
  'a body of Anthropic',
  '/model/anthropic.NAME/invoke',
  { ...ANTHROPIC, messages: [user({ type: 'text', text: 'Hi' }, IN_ANTHROPIC)] },
  'messages.0.content.1.source.url',
];
const RESULT: Body = [
  'a tool result of Anthropic',
  '/model/anthropic.NAME/invoke',
  {
    ...ANTHROPIC,
    tools: [{ name: 'f', input_schema: { type: 'object' } }],
    messages: [user({ type: 'text', text: 'Hi' }), { role: 'assistant', content: [call] }, user(result)],
  },
  'messages.2.content.0.content.0.source.url',
];
const DOOR: Body = [
  'the door of Anthropic',
  '/anthropic/v1/messages',
  { model: 'NAME', max_tokens: 9, messages: [user(IN_ANTHROPIC)] },
  'messages.0.content.0.source.url',
];
const MISTRAL: Body = [
  'a body of Mistral',
  '/model/mistral.NAME/invoke',
  { messages: [user({ type: 'image_url', image_url: 'ADDRESS' })] },
  'messages.0.content.0.image_url',
];
const CHAT: Body = [
  'a body of OpenAI',
  '/model/openai.NAME/invoke',
  { messages: [user({ type: 'text', text: 'Hi' }, IN_OPENAI)] },
  'messages.0.content.1.image_url.url',
];
const CHAT_DOOR: Body = [
  'the door of OpenAI',
  '/openai/v1/chat/completions',
  { model: 'NAME', messages: [user(IN_OPENAI)] },
  'messages.0.content.0.image_url.url',
];

const UPSTREAMS = {
  service: { dialect: 'openai' },
  own: { dialect: 'vllm' },
  told: { dialect: 'vllm', mediaUrls: 'pass' },
  closed: { dialect: 'openai', mediaUrls: 'refuse' },
  deaf: { dialect: 'ollama' },
};

const REDUCED = [MESSAGES, RESULT, DOOR, MISTRAL];
const CHATS = [CHAT, CHAT_DOOR];

const PASSED: readonly (readonly [name: string, upstream: string, Body])[] = [
  ...[...REDUCED, ...CHATS].flatMap((body) => [
    [body[0], 'service', body] as const,
    [body[0], 'told', body] as const,
  ]),
  ...CHATS.flatMap((body) => [[body[0], 'own', body] as const, [body[0], 'deaf', body] as const]),
];
const REFUSED: readonly (readonly [name: string, upstream: string, Body])[] = [
  ...[...REDUCED, ...CHATS].map((body) => [body[0], 'closed', body] as const),
  ...REDUCED.flatMap((body) => [[body[0], 'own', body] as const, [body[0], 'deaf', body] as const]),
];

describe('The address of an image', () => {
  let service: RoutedService;
  let address: string;

  beforeAll(async () => {
    service = await RoutedService.start({
      upstreams: { ...UPSTREAMS, picture: {}, moderation: {} },
      models: Object.keys(UPSTREAMS).map((name) => ({ match: `*${name}`, route: [{ upstream: name }] })),
      guardrails: [GUARDRAIL, FILTERING],
    });
    address = `${service.upstream('picture').baseUrl}/x.png`;
    service.answerWith({ moderation: answerJson(moderation({})) });
    for (const name of Object.keys(UPSTREAMS)) service.answerWith({ [name]: answersWith('Seen') });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  afterEach(() => {
    expect(service.asked['picture']).toBe(0);
    for (const name of Object.keys(UPSTREAMS)) service.upstream(name).requests.length = 0;
  });

  const ask = async ([, path, body]: Body, name: string, headers: Record<string, string> = {}) => {
    const response = await fetch(service.proxy.url + path.replace('NAME', name), {
      method: 'POST',
      body: JSON.stringify(body).replace('ADDRESS', address).replace('NAME', name),
      headers,
    });
    return { status: response.status, text: await response.text() };
  };

  it.each(PASSED)('in %s goes to the server: %s', async (_, upstream, body) => {
    const { status, text } = await ask(body, upstream);
    expect([status, text]).toEqual([200, expect.stringContaining('Seen')]);
    expect(JSON.stringify(service.upstream(upstream).lastRequest?.body)).toContain(`"${address}"`);
  });

  it.each(REFUSED)('in %s is refused: %s', async (_, upstream, body) => {
    const { status, text } = await ask(body, upstream);
    expect([status, text]).toEqual([
      400,
      expect.stringContaining(`The value at ${body[3]} is not supported`),
    ]);
    expect(service.asked[upstream]).toBe(0);
  });

  const guardedBy = (id: string) => ({
    'x-amzn-bedrock-guardrailidentifier': id,
    'x-amzn-bedrock-guardrailversion': 'DRAFT',
  });

  it.each([
    [MESSAGES[0], MESSAGES, 'messages.0.content.1'],
    [MISTRAL[0], MISTRAL, 'messages.0.content.0'],
    [CHAT[0], CHAT, 'messages.0.content.1.image_url'],
    [CHAT_DOOR[0], CHAT_DOOR, 'messages.0.content.0.image_url'],
  ] as const)('in %s is refused where content filters would have to see it', async (_, body, path) => {
    const { status, text } = await ask(body, 'service', guardedBy('filter1'));
    expect([status, text]).toEqual([400, expect.stringContaining(`The value at ${path}`)]);
    expect(text).toContain('the guardrail cannot examine an image at an address');
    expect([service.asked['service'], service.asked['moderation']]).toEqual([0, 0]);
  });

  it('passes a guardrail that looks at texts alone', async () => {
    expect(await ask(MESSAGES, 'service', guardedBy('abc123'))).toMatchObject({ status: 200 });
    expect(service.asked['service']).toBe(1);
  });

  it('is counted as an image of common size', async () => {
    const response = await fetch(`${service.proxy.url}/model/anthropic.service/count-tokens`, {
      method: 'POST',
      body: JSON.stringify({
        input: {
          invokeModel: {
            body: Buffer.from(JSON.stringify(MESSAGES[2]).replace('ADDRESS', address)).toString('base64'),
          },
        },
      }),
    });
    const { inputTokens } = (await response.json()) as { inputTokens: number };
    expect(inputTokens).toBeGreaterThan(700);
  });
});
