import type { ServerResponse } from 'node:http';
import { answerEmbeddings, inputsOf } from './support/embedding-answers.js';
import { errorBody } from './support/answers.js';
import { LogLines } from './support/log-lines.js';
import { RoutedService } from './support/routed-service.js';
import { Scrape } from './support/scrape.js';
import { answerJson, answerText, type UpstreamScript } from './support/scripted-upstream.js';
import { settled } from './support/settled.js';

const MODEL = 'cohere.embed-english-v3';
const SPLIT = { embeddings: { maxBatch: 1 } };

const log = new LogLines();
let service: RoutedService;

beforeEach(async () => {
  log.clear();
  const file = {
    upstreams: { first: {}, second: {}, narrow: { requestsPerMinute: 1 } },
    models: [
      { match: 'narrow-embed', route: [{ upstream: 'narrow' }], ...SPLIT },
      { match: 'two-embed', route: [{ upstream: 'first' }, { upstream: 'second' }], ...SPLIT },
      { match: '*', route: [{ upstream: 'first', model: 'served' }], ...SPLIT },
    ],
  };
  service = await RoutedService.start(file, { LOG_LEVEL: 'info' }, log);
  service.answerWith({ first: answerEmbeddings, second: answerEmbeddings, narrow: answerEmbeddings });
});
afterEach(() => service[Symbol.asyncDispose]());

const embed = (texts: readonly string[], modelId = MODEL, init: RequestInit = {}) =>
  service.post(modelId, 'invoke', { body: JSON.stringify({ texts }), ...init });
const lengths = (count: number) => Array.from({ length: count }, (_, index) => 'x'.repeat(index + 1));

describe('A request that is split', () => {
  it('is sent in at most four parts at once, and joined in order', async () => {
    const waiting: (() => void)[] = [];
    const upstream = service.upstream('first');
    upstream.answerWith((request, response) => void waiting.push(() => answerEmbeddings(request, response)));
    const texts = lengths(10);
    const answer = embed(texts);
    await upstream.received(4);
    expect(await settled(() => upstream.requests.length)).toBe(4);
    upstream.answerWith(answerEmbeddings);
    // the last part is answered first
    for (const reply of waiting.toReversed()) reply();
    const { embeddings } = (await (await answer).json()) as { embeddings: number[][] };
    expect(embeddings).toEqual(texts.map((text) => [text.length, 1]));
    expect(upstream.requests.flatMap(inputsOf).toSorted()).toEqual(texts);
  });

  it('fails with the first failure, which aborts the other parts', async () => {
    const upstream = service.upstream('first');
    const open: ServerResponse[] = [];
    upstream.answerWith((_, response) => void open.push(response));
    const answer = embed(lengths(9));
    await upstream.received(4);
    open[2]
      ?.writeHead(400, { 'content-type': 'application/json' })
      .end(JSON.stringify(errorBody('Too long')));
    const response = await answer;
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
    expect(await response.json()).toEqual({ message: 'The model returned the following errors: Too long' });
    await upstream.socketsDownTo(1);
    expect(upstream.requests).toHaveLength(4);
  });

  it('is aborted in all parts when its client leaves', async () => {
    const upstream = service.upstream('first');
    upstream.answerWith(() => undefined);
    const client = new AbortController();
    const answer = embed(lengths(9), MODEL, { signal: client.signal });
    await upstream.received(4);
    client.abort();
    await expect(answer).rejects.toThrow();
    await upstream.socketsDownTo(0);
    expect(upstream.requests).toHaveLength(4);
  });

  it('is one request for the limits', async () => {
    expect((await embed(lengths(3), 'narrow-embed')).status).toBe(200);
    expect(service.asked).toMatchObject({ narrow: 3 });
    expect((await embed(['Hello'], 'narrow-embed')).status).toBe(429);
  });

  it('goes to the next target as a whole', async () => {
    const upstream = service.upstream('first');
    upstream.answerWith((request, response) =>
      inputsOf(request)[0] === 'xx'
        ? answerJson(errorBody('No'), 500)(request, response)
        : answerEmbeddings(request, response),
    );
    const response = await embed(lengths(3), 'two-embed');
    expect(response.status).toBe(200);
    expect(service.upstream('second').requests.flatMap(inputsOf).toSorted()).toEqual(lengths(3));
  });
});

describe('An answer with', () => {
  const entry = (embedding: unknown, index = 0) => ({ index, embedding });

  it.each<[name: string, script: UpstreamScript]>([
    ['fewer embeddings than inputs', answerJson({ data: [] })],
    ['more embeddings than inputs', answerJson({ data: [entry([1]), entry([1], 1)] })],
    ['null inside a vector', answerJson({ data: [entry([1, null])] })],
    ['NaN inside a vector', answerText('{"data":[{"index":0,"embedding":[1,NaN]}]}')],
    ['a number beyond any', answerText('{"data":[{"index":0,"embedding":[1,1e999]}]}')],
    ['an empty vector', answerJson({ data: [entry([])] })],
    ['no list', answerJson({ embedding: [1, 2] })],
    ['HTML', answerText('<html></html>', 200, 'text/html')],
  ])('%s is an error of the model', async (_name, script) => {
    service.upstream('first').answerWith(script);
    const response = await embed(['Hello']);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([424, 'ModelErrorException']);
    expect(await response.json()).toEqual({
      message: 'The model returned an unparsable response.',
      originalStatusCode: 200,
      resourceName: MODEL,
    });
  });

  it('vectors of different lengths in two parts is an error of the model', async () => {
    service.upstream('first').answerWith((request, response) => {
      const vector = inputsOf(request)[0] === 'x' ? [1] : [1, 2];
      return answerJson({ data: [entry(vector)] })(request, response);
    });
    expect((await embed(lengths(2))).status).toBe(424);
  });

  it('numbers in any spelling keeps them, byte for byte', async () => {
    service
      .upstream('first')
      .answerWith(answerText('{"data":[{"embedding":[0.10, -2e-1,\n3.0]}],"usage":null}'));
    expect(await (await embed(['Hello'])).text()).toContain('"embeddings":[[0.10, -2e-1,\n3.0]]');
  });

  it.each([
    [429, 'ThrottlingException', 429],
    [500, 'InternalServerException', 500],
    [413, 'ValidationException', 400],
  ])('status %d is %s', async (status, name, sent) => {
    service.upstream('first').answerWith(answerJson(errorBody('No'), status));
    const response = await embed(['Hello']);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([sent, name]);
  });
});

describe('A request for embeddings', () => {
  it('is counted as embeddings, with input tokens alone', async () => {
    const response = await embed(lengths(3));
    await log.ofRequest(response.headers.get('x-amzn-requestid'));
    const { samples } = await Scrape.of(service.proxy.managementUrl);
    const tokens = samples.filter(({ name }) => name === 'gen_ai_client_token_usage_sum');
    expect(
      tokens.map(({ labels, value }) => [
        labels['gen_ai_operation_name'],
        labels['gen_ai_token_type'],
        value,
      ]),
    ).toEqual([['embeddings', 'input', 6]]);
  });

  it('is logged with its path when it fails', async () => {
    service.upstream('first').answerWith(answerJson(errorBody('No'), 404));
    const response = await embed(['Hello']);
    const line = await log.ofRequest(response.headers.get('x-amzn-requestid'));
    expect(JSON.stringify(line)).toContain('/v1/embeddings');
  });
});
