import { textChunks, textCompletion } from './support/answers.js';
import { LogLines } from './support/log-lines.js';
import { OtlpReceiver } from './support/otlp-receiver.js';
import { RoutedService, type RoutedFile } from './support/routed-service.js';
import { Scrape } from './support/scrape.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const FILE: RoutedFile = {
  upstreams: { any: { dialect: 'litellm' }, openai: { dialect: 'openai' } },
  models: [
    {
      match: 'any',
      route: [
        {
          upstream: 'any',
          model: 'served',
          prices: { input: 1_000_000, output: 1_000_000, currency: 'EUR' },
        },
      ],
    },
    { match: 'openai', route: [{ upstream: 'openai' }] },
  ],
  requestMetadata: { log: ['team', 'stage'], forward: ['job'], label: ['team'] },
};
const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const METADATA = { team: 'search', job: 'nightly', other: 'x' };
const CLAUDE = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 5,
  messages: [{ role: 'user', content: 'Hello' }],
};
const CHAT = { messages: [{ role: 'user', content: 'Hello' }] };
const HEADER = 'x-amzn-bedrock-request-metadata';

const log = new LogLines();
let collector: OtlpReceiver;
let service: RoutedService;

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  service = await RoutedService.start(
    FILE,
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, LOG_LEVEL: 'info' },
    log,
  );
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
});
beforeEach(() => {
  const script = answerJson(textCompletion('Hi'));
  service.answerWith({ any: script, openai: script });
});

interface Told {
  /** What the upstream got as `metadata`. */
  readonly sent: unknown;
  readonly logged: unknown;
  readonly ignored: string | null;
}

async function tell(path: string, body: object, headers: Record<string, string> = {}): Promise<Told> {
  const response = await fetch(service.proxy.url + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect({ status: response.status, body: await response.text() }).toMatchObject({ status: 200 });
  const line = await log.ofRequest(response.headers.get('x-amzn-requestid'));
  const upstream = path.includes('/openai/converse') ? 'openai' : 'any';
  const sent = service.upstream(upstream).lastRequest?.body;
  return {
    sent: Reflect.get(Object(sent), 'metadata'),
    logged: line['requestMetadata'],
    ignored: response.headers.get('x-proxy-ignored-parameters'),
  };
}

const NAMED = { sent: { job: 'nightly' }, logged: { team: 'search' } };
const IN_HEADER = { [HEADER]: JSON.stringify(METADATA) };

describe('Request metadata', () => {
  it.each<[name: string, path: string, body: object, headers: Record<string, string>, told: Told]>([
    [
      'of Converse',
      '/model/any/converse',
      { ...HELLO, requestMetadata: METADATA },
      {},
      { ...NAMED, ignored: 'requestMetadata.other' },
    ],
    [
      'in the header of InvokeModel',
      '/model/any/invoke',
      CLAUDE,
      IN_HEADER,
      { ...NAMED, ignored: `headers.${HEADER}` },
    ],
    [
      'in the header of InvokeModel for a chat completion',
      '/model/any/invoke',
      CHAT,
      IN_HEADER,
      { ...NAMED, ignored: `headers.${HEADER}` },
    ],
    [
      'in a chat completion body, which wins over the header',
      '/model/any/invoke',
      { ...CHAT, metadata: { job: 'own' } },
      { [HEADER]: JSON.stringify({ team: 'search' }) },
      { sent: { job: 'own' }, logged: undefined, ignored: null },
    ],
    [
      "of OpenAI's API",
      '/openai/v1/chat/completions',
      { ...CHAT, model: 'any', metadata: METADATA },
      {},
      { ...NAMED, ignored: 'metadata.other' },
    ],
    [
      'without control characters, and with redacted secrets in the log',
      '/model/any/converse',
      {
        ...HELLO,
        requestMetadata: { job: 'a\tb', stage: 'brp_team_47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' },
      },
      {},
      {
        sent: { job: 'ab' },
        logged: { stage: expect.not.stringContaining('47DEQ') as unknown },
        ignored: null,
      },
    ],
    [
      'for a server that would have to store it',
      '/model/openai/converse',
      { ...HELLO, requestMetadata: METADATA },
      {},
      { sent: undefined, logged: { team: 'search' }, ignored: 'requestMetadata.job,requestMetadata.other' },
    ],
    [
      'that is all named',
      '/model/any/converse',
      { ...HELLO, requestMetadata: { team: 'search' } },
      {},
      { sent: undefined, logged: { team: 'search' }, ignored: null },
    ],
    [
      'that is absent',
      '/model/any/converse',
      HELLO,
      {},
      { sent: undefined, logged: undefined, ignored: null },
    ],
  ])(
    '%s is sent, logged and reported as the configuration says',
    async (_, ...[path, body, headers, told]) => {
      expect(await tell(path, body, headers)).toEqual(told);
      expect(service.upstream('any').lastRequest?.body).not.toHaveProperty('store');
    },
  );

  it('of a stream is logged and sent', async () => {
    service.answerWith({ any: answerChunks(textChunks('Hi')) });
    expect(await tell('/model/any/converse-stream', { ...HELLO, requestMetadata: METADATA })).toEqual({
      ...NAMED,
      ignored: 'requestMetadata.other',
    });
  });

  it('is in the spans of the request and of its call', async () => {
    await using own = await OtlpReceiver.start();
    const proxy = await RoutedService.start(FILE, { OTEL_EXPORTER_OTLP_ENDPOINT: own.endpoint });
    proxy.answerWith({ any: answerJson(textCompletion('Hi')) });
    await proxy.converse('any', { ...HELLO, requestMetadata: METADATA });
    // spans are sent at the latest when the process stops
    await proxy[Symbol.asyncDispose]();
    const team = own.spans.map(({ attributes }) => attributes['bedrock.request_metadata.team']);
    expect(team).toEqual(['search', 'search']);
    expect(JSON.stringify(own.spans)).not.toContain('nightly');
  });
});

describe('The metrics of request metadata', () => {
  it('count requests, tokens and cost by the value', async () => {
    await using own = await RoutedService.start(FILE);
    own.answerWith({ any: answerJson(textCompletion('Hi')) });
    for (const team of ['a', 'a', 'b'])
      await own.converse('any', { ...HELLO, requestMetadata: { team, job: 'j' } });
    const metrics = await Scrape.of(own.proxy.managementUrl);
    expect(metrics.values('proxy_metadata_requests_total', 'key')).toEqual(['team']);
    expect(metrics.value('proxy_metadata_requests_total', { value: 'a' })).toBe(2);
    const ofB = (name: string, labels = {}) => metrics.value(name, { key: 'team', value: 'b', ...labels });
    expect(ofB('proxy_metadata_tokens_total', { gen_ai_token_type: 'input' })).toBe(11);
    expect(ofB('proxy_metadata_tokens_total', { gen_ai_token_type: 'output' })).toBe(7);
    expect(ofB('proxy_metadata_cost_total', { currency: 'EUR' })).toBe(18);
  });

  it('have a bounded number of values', async () => {
    await using own = await RoutedService.start(FILE);
    own.answerWith({ any: answerJson(textCompletion('Hi')) });
    for (let index = 0; index < 103; index += 1) {
      await own.converse('any', { ...HELLO, requestMetadata: { team: `t${index}` } });
    }
    await own.converse('any', { ...HELLO, requestMetadata: { team: 'x'.repeat(200) } });
    const metrics = await Scrape.of(own.proxy.managementUrl);
    expect(metrics.values('proxy_metadata_requests_total', 'value')).toHaveLength(101);
    expect(metrics.value('proxy_metadata_requests_total', { value: 'other' })).toBe(4);
  });
});

describe('Request metadata under UNSUPPORTED_PARAMETERS=reject', () => {
  it.each([
    [METADATA, 400],
    [{ team: 'search', job: 'nightly' }, 200],
  ])('%j is answered with %i', async (requestMetadata, status) => {
    await using own = await RoutedService.start(FILE, { UNSUPPORTED_PARAMETERS: 'reject' });
    own.answerWith({ any: answerJson(textCompletion('Hi')) });
    const answer = await own.converse('any', { ...HELLO, requestMetadata });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body).includes('requestMetadata.other')).toBe(status === 400);
  });
});
