import { AnthropicBedrock, AnthropicBedrockMantle } from '@anthropic-ai/bedrock-sdk';
import { Anthropic } from '@anthropic-ai/sdk';
import { textCompletion } from '../support/answers.js';
import { GuardedService, TEAM_A, TEAM_A_BEARER, TEAM_B_BEARER } from '../support/guarded-service.js';
import { sendRaw } from '../support/raw-request.js';
import { answerJson } from '../support/scripted-upstream.js';
import type { MessagesClient } from '../clients/anthropic-clients.js';

const HELLO = {
  model: 'claude',
  max_tokens: 10,
  messages: [{ role: 'user' as const, content: 'Hello' }],
};
const BODY = JSON.stringify(HELLO);
const SIGNING = { awsRegion: 'us-east-1', awsAccessKey: TEAM_A.accessKeyId, maxRetries: 0 };

let service: GuardedService;

beforeAll(async () => {
  service = await GuardedService.start({ teamAModels: ['*'] });
  service.upstream.answerWith(answerJson(textCompletion('Hi')));
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => (service.upstream.requests.length = 0));

describe("Anthropic's clients with credentials", () => {
  it.each<[name: string, create: (url: string) => MessagesClient]>([
    ['a key as x-api-key', (baseURL) => new Anthropic({ baseURL, apiKey: TEAM_A_BEARER })],
    ['a key as a bearer', (baseURL) => new Anthropic({ baseURL, apiKey: null, authToken: TEAM_A_BEARER })],
    [
      'a signature for bedrock',
      (baseURL) => new AnthropicBedrock({ baseURL, ...SIGNING, awsSecretKey: TEAM_A.secretAccessKey }),
    ],
    [
      'a signature for bedrock-mantle',
      (baseURL) =>
        new AnthropicBedrockMantle({
          baseURL: `${baseURL}/anthropic`,
          ...SIGNING,
          awsSecretAccessKey: TEAM_A.secretAccessKey,
        }),
    ],
    [
      'a key for bedrock-mantle',
      (baseURL) =>
        new AnthropicBedrockMantle({
          baseURL: `${baseURL}/anthropic`,
          awsRegion: 'us-east-1',
          apiKey: TEAM_A_BEARER,
        }),
    ],
  ])('get in with %s', async (_, create) => {
    expect(await create(service.url).messages.create(HELLO)).toMatchObject({
      content: [{ type: 'text', text: 'Hi' }],
    });
  });

  it('are told apart from one whose signature is wrong', async () => {
    const client = new AnthropicBedrock({ baseURL: service.url, ...SIGNING, awsSecretKey: 'wrong' });
    await expect(client.messages.create(HELLO)).rejects.toMatchObject({ status: 403 });
  });
});

describe('x-api-key', () => {
  const post = (path: string, headers: Record<string, string>, body = BODY) =>
    sendRaw(service.url, { path, headers, body });

  it.each(['/v1/messages', '/v1/messages/count_tokens', '/anthropic/v1/messages'])(
    'opens %s',
    async (path) => {
      expect(await post(path, { 'x-api-key': TEAM_A_BEARER })).toMatchObject({ status: 200 });
    },
  );

  it.each(['/model/claude/converse', '/model/claude/invoke', '/openai/v1/chat/completions'])(
    'does not open %s',
    async (path) => {
      const { status } = await post(path, { 'x-api-key': TEAM_A_BEARER });
      expect([401, 403]).toContain(status);
      expect(service.upstream.requests).toEqual([]);
    },
  );

  it.each<[what: string, headers: Record<string, string>]>([
    ['no key', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['an unknown key', { 'x-api-key': 'brp_nobody' }],
    [
      'an unknown bearer beside a good key',
      { 'x-api-key': TEAM_A_BEARER, authorization: 'Bearer brp_nobody' },
    ],
  ])('with %s is refused', async (_, headers) => {
    const answer = await post('/v1/messages', headers);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body.toString())).toEqual({
      type: 'error',
      error: { type: 'authentication_error', message: expect.any(String) as string },
    });
    expect(service.upstream.requests).toEqual([]);
  });

  it('opens no model of others', async () => {
    const body = JSON.stringify({ ...HELLO, model: 'gpt' });
    const answer = await post('/v1/messages', { 'x-api-key': TEAM_B_BEARER }, body);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { type: 'permission_error' } });
    expect(service.upstream.requests).toEqual([]);
  });
});
