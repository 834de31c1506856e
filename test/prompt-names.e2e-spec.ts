import { CHAT, PLAYLIST, promptArn, PROMPTED_FILE, textPrompt } from './support/prompted-file.js';
import { RoutedService } from './support/routed-service.js';

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start({
    ...PROMPTED_FILE,
    models: [{ match: 'test.*', route: [{ upstream: 'model', model: 'm' }] }],
    prompts: [
      ...(PROMPTED_FILE.prompts ?? []),
      textPrompt({ id: 'NOWHERE000', text: 'Hello', modelId: 'unrouted' }),
    ],
  });
});
afterAll(() => service[Symbol.asyncDispose]());
afterEach(() => {
  expect(service.asked).toEqual({ model: 0 });
});

const HELLO = [{ role: 'user', content: [{ text: 'Hello' }] }];

async function refusal(operation: string, modelId: string, body: unknown): Promise<unknown[]> {
  const response = await service.post(modelId, operation, { body: JSON.stringify(body) });
  const { message } = (await response.json()) as { message: string };
  return [response.status, response.headers.get('x-amzn-errortype'), message];
}

describe('A prompt', () => {
  it.each([
    ['that does not exist', promptArn('UNKNOWN000'), 404, 'there is no such prompt'],
    ['in a version that does not exist', promptArn(`${PLAYLIST}:3`), 404, 'there is no such prompt'],
    ['in a version that is no number', promptArn(`${PLAYLIST}:DRAFT`), 404, 'there is no such prompt'],
    ['with a part behind its id', promptArn(`${PLAYLIST}/x`), 404, 'there is no such prompt'],
    ['in other letters', promptArn(PLAYLIST.toLowerCase()), 404, 'there is no such prompt'],
    ['whose model has no route', promptArn('NOWHERE000'), 404, 'no rule of the configuration routes it'],
    ['of another service', `arn:aws:sagemaker:us-east-1:1:prompt/${PLAYLIST}`, 404, 'foundation model'],
    ['without a version that its plain id has', `${PLAYLIST}:3`, 404, 'there is no such prompt'],
    ['as a malformed ARN', `arn:aws:bedrock:prompt/${PLAYLIST}`, 400, 'model identifier is invalid'],
  ])('%s is not found', async (_, modelId, status, message) => {
    for (const operation of ['converse', 'converse-stream', 'invoke', 'invoke-with-response-stream']) {
      expect(await refusal(operation, modelId, {})).toEqual([
        status,
        expect.any(String),
        expect.stringContaining(message),
      ]);
    }
  });

  it('cannot be counted', async () => {
    const input = { input: { converse: { messages: HELLO } } };
    expect(await refusal('count-tokens', promptArn(CHAT), input)).toEqual([
      400,
      'ValidationException',
      expect.stringContaining('modelId: prompts of Prompt management can only be used with Converse'),
    ]);
    expect(await refusal('count-tokens', PLAYLIST, input)).toMatchObject([
      404,
      'ResourceNotFoundException',
      expect.any(String),
    ]);
  });

  it.each([
    ['chat completions', '/openai/v1/chat/completions', { messages: [{ role: 'user', content: 'x' }] }],
    ['messages', '/v1/messages', { max_tokens: 1, messages: [{ role: 'user', content: 'x' }] }],
  ])('is no model of %s', async (_, path, body) => {
    const status = async (model: string): Promise<number> => {
      const init = { method: 'POST', body: JSON.stringify({ model, ...body }) };
      return (await fetch(service.proxy.url + path, init)).status;
    };
    expect([await status(promptArn('NOVARIABLE')), await status('NOVARIABLE')]).toEqual([400, 404]);
  });
});

describe('Without prompts in the configuration', () => {
  it('an ARN of a prompt is refused, and its id is that of a model', async () => {
    await using other = await RoutedService.start({ ...PROMPTED_FILE, prompts: undefined });
    const { status, body } = await other.converse(promptArn(PLAYLIST));
    expect([status, body['message']]).toEqual([400, expect.stringContaining('the configuration has none')]);
    other.answerWith({ model: (_, response) => void response.writeHead(404).end('{}') });
    await other.converse(PLAYLIST);
    expect(other.asked).toEqual({ model: 1 });
  });
});
