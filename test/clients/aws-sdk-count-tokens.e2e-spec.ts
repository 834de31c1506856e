import { CountTokensCommand, type CountTokensInput } from '@aws-sdk/client-bedrock-runtime';
import { ClientAndService, CLEARTEXT } from './bedrock-client.js';

const messages = [{ role: 'user' as const, content: [{ text: 'How many tokens are these?' }] }];
const encoded = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));
const SOURCE = 'x-proxy-token-count';

describe.each(CLEARTEXT)('CountTokens over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());

  const count = (input: CountTokensInput) =>
    running.client.send(new CountTokensCommand({ modelId: 'us.amazon.nova-lite', input }));

  it('estimates a Converse request without a call to the upstream', async () => {
    const { inputTokens } = await count({ converse: { messages } });
    // 26 characters
    expect(inputTokens).toBe(Math.ceil(3 + 4 + 26 / 4));
    expect(running.service.upstreamRequests).toEqual([]);
  });

  it('counts system, tools and further turns', async () => {
    const { inputTokens: alone = 0 } = await count({ converse: { messages } });
    const { inputTokens: more } = await count({
      converse: {
        system: [{ text: 'Be brief.' }],
        messages,
        toolConfig: {
          tools: [{ toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } }],
        },
      },
    });
    expect(more).toBeGreaterThan(alone + 10);
  });

  it('reports that it is an estimate, and the ignored parameters', async () => {
    const cachePoint = { cachePoint: { type: 'default' } };
    const converse = { messages: [{ role: 'user', content: [{ text: 'Hi' }, cachePoint] }] };
    const response = await post({ input: { converse } });
    expect(response.status).toBe(200);
    expect(response.headers.get(SOURCE)).toBe('estimated;source=characters');
    expect(response.headers.get('x-proxy-ignored-parameters')).toBe(
      'input.converse.messages.*.content.*.cachePoint',
    );
    expect(await response.json()).toEqual({ inputTokens: expect.any(Number) });
  });

  it('counts the body of InvokeModel as the same request', async () => {
    const { inputTokens } = await count({ converse: { messages } });
    expect(await count({ invokeModel: { body: encoded({ messages }) } })).toMatchObject({ inputTokens });
    expect(running.service.upstreamRequests).toEqual([]);
  });

  it.each([
    ['an unknown format', encoded({}), /^The format of the request body is not known/],
    ['no JSON', new TextEncoder().encode('{'), /^The value at input\.invokeModel\.body is not valid JSON$/],
    ['no object', encoded([]), /^The value at input\.invokeModel\.body must be a JSON object$/],
    [
      'a bad block',
      encoded({ messages: [{ role: 'user', content: [{ text: 7 }] }] }),
      /input\.invokeModel\.body\.messages\.0\.content\.0\.text/,
    ],
  ])('refuses a body of InvokeModel with %s', async (_name, body, message) => {
    await expect(count({ invokeModel: { body } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message) as string,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each<[name: string, body: object, message: RegExp]>([
    ['without an input', {}, /input/],
    ['with an empty input', { input: {} }, /input/],
    ['with both inputs', { input: { converse: {}, invokeModel: { body: 'e30=' } } }, /input/],
    ['with a malformed message', { input: { converse: { messages: [{}] } } }, /input\.converse\.messages\.0/],
    ['with a body that is no base64', { input: { invokeModel: { body: '{}' } } }, /input\.invokeModel\.body/],
  ])('refuses a request %s', async (_name, body, message) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: expect.stringMatching(message) });
  });

  const post = (body: object): Promise<Response> =>
    fetch(`${running.service.url}/model/us.amazon.nova-lite/count-tokens`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
});
