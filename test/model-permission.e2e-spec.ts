import { hash } from 'node:crypto';
import { textCompletion } from './support/answers.js';
import { sendRaw } from './support/raw-request.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

const KEY = 'brp_NOVA_1';
const NOVA = 'us.amazon.nova-lite';
const OPUS = 'us.anthropic.claude-opus-4';
const PROFILES = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile';
const APPLICATIONS = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile';

const authorization = `Bearer ${KEY}`;
const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start({
    upstreams: { local: {} },
    models: [
      { match: 'us.anthropic.claude-opus-*', route: [{ upstream: 'local', model: 'opus' }] },
      { match: 'us.amazon.nova-*', route: [{ upstream: 'local', model: 'nova' }] },
    ],
    clients: [{ name: 'nova', bearerSha256: hash('sha256', KEY), models: ['us.amazon.nova-*'] }],
  });
  service.answerWith({ local: answerJson(textCompletion('Hi')) });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream('local').requests.length = 0;
});

const OPERATIONS = ['converse', 'converse-stream'];
const call = (path: string, operation = 'converse') =>
  sendRaw(service.proxy.url, { path: `/model/${path}/${operation}`, headers: { authorization }, body });
const askControlPlane = async (door: string, path: string) => {
  const raw = { method: 'GET', path: `/${door}/${path}`, headers: { authorization } };
  return (await sendRaw(service.proxy.url, raw)).status;
};

describe('A client that may call Nova', () => {
  it.each([
    NOVA,
    `${PROFILES}/${NOVA}`,
    encodeURIComponent(`${PROFILES}/${NOVA}`),
    `${PROFILES}%2f${NOVA}`,
    `${PROFILES}/${NOVA}/${OPUS}`,
    `${APPLICATIONS}/${NOVA}`,
  ])('may call it as %s', async (path) => {
    expect((await call(path)).status).toBe(200);
    expect(service.upstream('local').requests.map(({ body: sent }) => sent)).toMatchObject([
      { model: 'nova' },
    ]);
  });

  it.each([
    `${PROFILES}/${OPUS}/${NOVA}`,
    encodeURIComponent(`${PROFILES}/${OPUS}/${NOVA}`),
    `${PROFILES}/${OPUS}%2F${NOVA}`,
    `${PROFILES}%2F${OPUS}/${NOVA}`,
    `${PROFILES}/${OPUS}%252F${NOVA}`,
    `${PROFILES}//${NOVA}`,
    `${PROFILES}/${OPUS}//${NOVA}`,
    `${PROFILES}/${OPUS}%3Ainference-profile/${NOVA}`,
    `${APPLICATIONS}/${OPUS}/${NOVA}`,
    `arn:aws:bedrock:${NOVA}:1:inference-profile/${OPUS}`,
    `${OPUS}/${NOVA}`,
    `x%2F${NOVA}`,
    OPUS.toUpperCase(),
  ])('may not call another model as %s', async (path) => {
    for (const operation of OPERATIONS) {
      const { status, headers } = await call(path, operation);
      expect([status, headers['x-amzn-errortype']]).toEqual([403, 'AccessDeniedException']);
    }
    expect(await askControlPlane('foundation-models', path)).toBe(404);
    expect(await askControlPlane('inference-profiles', path)).toBe(404);
    expect(service.upstream('local').requests).toEqual([]);
  });

  it.each([
    PROFILES,
    `${PROFILES}/`,
    `arn:aws:bedrock:us-east-1/${NOVA}`,
    `${NOVA}%C2%85`,
    `${NOVA}%C2%80`,
    `${NOVA}%C2%9F`,
    `${NOVA}%E2%80%AE`,
    `${NOVA}%E2%80%A8`,
    `${NOVA}/%2E%2E/${OPUS}`,
    `${NOVA}%2F..%2F${OPUS}`,
    `${NOVA}%00`,
  ])('gets 400 for an ARN without a name: %s', async (path) => {
    const { status, headers } = await call(path);
    expect([status, headers['x-amzn-errortype']]).toEqual([400, 'ValidationException']);
    expect(service.upstream('local').requests).toEqual([]);
  });
});
