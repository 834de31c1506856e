import { hash } from 'node:crypto';
import { errorBody, textChunks, textCompletion } from './support/answers.js';
import { sendRaw } from './support/raw-request.js';
import { bearer, RoutedService } from './support/routed-service.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const HAIKU = 'anthropic.claude-3-haiku-20240307-v1:0';
const PROFILE = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.${HAIKU}`;
const ROUTER = 'arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1';
const OWN_ROUTER = 'arn:aws:bedrock:us-east-1:123456789012:prompt-router/claude-or-nova';

const KEY = 'brp_TEAMA_1';
const NARROW_KEY = 'brp_TEAMB_1';

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start({
    upstreams: { local: { dialect: 'vllm' }, remote: { dialect: 'openai' } },
    models: [
      {
        match: '*anthropic.claude-3-haiku-*',
        route: [{ upstream: 'local', model: 'Qwen/Qwen3-8B' }],
        defaults: { maxTokens: 4096, temperature: 0.5 },
        extraBody: { chat_template_kwargs: { enable_thinking: false }, model: 'other', temperature: 1 },
      },
      { match: '*prompt-router/*', route: [{ upstream: 'remote', model: 'gpt-5-mini' }] },
      { match: 'gpt-*', route: [{ upstream: 'remote' }] },
      ...Array.from({ length: 25 }, (_, index) => ({
        match: `extra-${index}`,
        route: [{ upstream: 'local' }],
      })),
    ],
    clients: [
      { name: 'team-a', bearerSha256: hash('sha256', KEY) },
      { name: 'team-b', bearerSha256: hash('sha256', NARROW_KEY), models: ['*claude*', 'gpt-4*', 'none'] },
    ],
  });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  for (const name of ['local', 'remote']) service.upstream(name).requests.length = 0;
  service.answerWith({
    local: answerJson(textCompletion('local')),
    remote: answerJson(textCompletion('remote')),
  });
});

const hello = (rest: object = {}) => ({
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  ...rest,
});

describe('a model id is routed', () => {
  it.each([
    ['by a glob', HAIKU, 'local', 'Qwen/Qwen3-8B'],
    ['by a glob on the last part of an ARN', PROFILE, 'local', 'Qwen/Qwen3-8B'],
    ['as it is where the route names no model', 'gpt-4o', 'remote', 'gpt-4o'],
    ['as it is, odd characters and all', 'gpt-4o ü/%', 'remote', 'gpt-4o ü/%'],
  ])('%s', async (_, modelId, name, model) => {
    const { status, body } = await service.converse(modelId, hello(), bearer(KEY));
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { output: { message: { content: [{ text: name }] } } },
    });
    expect(body).not.toHaveProperty('trace');
    expect(service.asked).toEqual({ local: 0, remote: 0, [name]: 1 });
    expect(service.upstream(name).lastRequest?.body).toMatchObject({ model });
  });

  it('with the defaults and the extra body of its rule', async () => {
    await service.converse(HAIKU, hello(), bearer(KEY));
    expect(service.upstream('local').lastRequest?.body).toEqual({
      model: 'Qwen/Qwen3-8B',
      stream: false,
      messages: [{ role: 'user', content: 'Hello' }],
      max_tokens: 4096,
      temperature: 0.5,
      chat_template_kwargs: { enable_thinking: false },
    });
  });

  it('with the parameters of the request in place of the defaults', async () => {
    const additionalModelRequestFields = { chat_template_kwargs: {} };
    const inferenceConfig = { maxTokens: 5, temperature: 0 };
    await service.converse(HAIKU, hello({ inferenceConfig, additionalModelRequestFields }), bearer(KEY));
    expect(service.upstream('local').lastRequest?.body).toMatchObject({
      max_tokens: 5,
      temperature: 0,
      chat_template_kwargs: {},
    });
  });

  it.each([ROUTER, OWN_ROUTER])('to a prompt router, which names the chosen model: %s', async (modelId) => {
    const trace = { promptRouter: { invokedModelId: 'gpt-5-mini' } };
    const { body } = await service.converse(modelId, hello(), bearer(KEY));
    expect(body['trace']).toEqual(trace);

    service.answerWith({ remote: answerChunks(textChunks('remote')) });
    const response = await service.open(modelId, hello(), bearer(KEY));
    expect(await response.text()).toContain(JSON.stringify(trace).slice(1, -1));

    service.answerWith({ remote: answerJson(errorBody('No', { code: 'content_filter' }), 400) });
    const refused = await service.converse(modelId, hello(), bearer(KEY));
    expect(refused.body).toMatchObject({ stopReason: 'content_filtered', trace });
  });
});

describe('a model that cannot be called', () => {
  const UNKNOWN = 'Could not resolve the foundation model from the provided model identifier.';

  it('is answered with models that can be called', async () => {
    const { status, headers, body } = await service.converse('nova', hello(), bearer(KEY));
    expect(status).toBe(404);
    expect(headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException');
    const extras = Array.from({ length: 17 }, (_, index) => `extra-${index}`);
    const named = ['*anthropic.claude-3-haiku-*', '*prompt-router/*', 'gpt-*', ...extras];
    expect(body).toEqual({ message: `${UNKNOWN} Models that you may call: ${named.join(', ')} and 8 more.` });
  });

  it('is answered only with models that this client may call', async () => {
    const { body } = await service.converse('none', hello(), bearer(NARROW_KEY));
    expect(body).toEqual({
      message: `${UNKNOWN} Models that you may call: *anthropic.claude-3-haiku-*, *prompt-router/*, gpt-*.`,
    });
  });

  it.each([
    ['that is there', 'gpt-5'],
    ['that is not', 'nova'],
  ])('%s is not shown to clients that may not call it', async (_, modelId) => {
    const { status, headers, body } = await service.converse(modelId, hello(), bearer(NARROW_KEY));
    expect(status).toBe(403);
    expect(headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
    expect(body).toEqual({
      message: `User: team-b is not authorized to perform: bedrock:InvokeModel on resource: ${modelId}`,
    });
  });

  it.each(['converse', 'converse-stream'])('is refused before the body is read: %s', async (operation) => {
    const answer = await sendRaw(service.proxy.url, {
      path: `/model/nova/${operation}`,
      headers: { authorization: `Bearer ${KEY}` },
      body: '{"messages": not JSON',
    });
    expect(answer.status).toBe(404);
    expect(service.asked).toEqual({ local: 0, remote: 0 });
  });

  it('because of its form is refused at once', async () => {
    const { status, body } = await service.converse('a\u0000b', hello(), bearer(KEY));
    expect({ status, body }).toEqual({
      status: 400,
      body: { message: 'The provided model identifier is invalid.' },
    });
  });
});
