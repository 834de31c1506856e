import { BAD_CHAT_REQUESTS, type BadChatRequest } from './bad-requests/chat-completions.js';
import { textCompletion } from './support/answers.js';
import { speaksOf } from './support/bad-request.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const OPENAI_DOOR = '/openai/v1/chat/completions';
const BY_ENVIRONMENT = Map.groupBy(BAD_CHAT_REQUESTS, ({ environment }) => JSON.stringify(environment));

async function post(url: string, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', body: text });
  const errorType = response.headers.get('x-amzn-errortype');
  const answer: unknown = await response.json();
  return { status: response.status, errorType, answer };
}

describe.each([...BY_ENVIRONMENT])('a bad chat completion request with %s', (_, badRequests) => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start(badRequests[0]?.environment);
    service.upstream.answerWith(answerJson(textCompletion('Hello.')));
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it.each(badRequests)('is refused at both doors: $name', async ({ body, path }: BadChatRequest) => {
    const message: unknown = expect.stringMatching(speaksOf(path));
    expect(await post(service.url + OPENAI_DOOR, { model: 'm', ...body })).toEqual({
      status: 400,
      errorType: 'ValidationException',
      answer: { error: { message, type: 'invalid_request_error', param: path, code: null } },
    });
    for (const operation of ['invoke', 'invoke-with-response-stream']) {
      expect(await post(`${service.url}/model/m/${operation}`, body)).toEqual({
        status: 400,
        errorType: 'ValidationException',
        answer: { message },
      });
    }
    expect(service.upstreamRequests).toEqual([]);
  });
});

describe('a request at the door of chat completions', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start();
    service.upstream.answerWith(answerJson(textCompletion('Hello.')));
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const HELLO = { messages: [{ role: 'user', content: 'Hello.' }] };

  it.each<[name: string, body: unknown, param: string | null, message: string]>([
    ['without a body', '', 'model', 'Member must not be null'],
    ['of something that is not JSON', '{"model":', null, 'not valid JSON'],
    ['of a list', [], null, 'must be a JSON object'],
    ['without a model', HELLO, 'model', 'Member must not be null'],
    ['of a model that is a number', { ...HELLO, model: 5 }, 'model', 'must be a string'],
    ['of a model without a name', { ...HELLO, model: '' }, 'model', 'length greater than or equal to 1'],
    ['of a model that hides characters', { ...HELLO, model: 'm\u0000' }, null, 'identifier is invalid'],
    ['of a stored prompt', { ...HELLO, model: 'arn:aws:bedrock:us-east-1:1:prompt/a' }, null, 'prompts'],
  ])('%s is refused', async (_, body, param, message) => {
    expect(await post(service.url + OPENAI_DOOR, body)).toEqual({
      status: 400,
      errorType: 'ValidationException',
      answer: {
        error: {
          message: expect.stringContaining(message) as unknown,
          type: 'invalid_request_error',
          param,
          code: null,
        },
      },
    });
    expect(service.upstreamRequests).toEqual([]);
  });
});
