import { chunk, errorBody, textChunks, textCompletion } from './support/answers.js';
import { OtlpReceiver, type ReceivedSpan } from './support/otlp-receiver.js';
import { RoutedService, type RoutedFile } from './support/routed-service.js';
import { answerChunks, answerJson, toServerSentEvent } from './support/scripted-upstream.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const TRACEPARENT = `00-${TRACE}-${PARENT}-01`;
const FILE: RoutedFile = {
  upstreams: { first: { dialect: 'vllm' }, second: { apiKeyEnv: 'OPENAI_API_KEY' } },
  models: [{ match: '*', route: [{ upstream: 'first', model: 'served' }, { upstream: 'second' }] }],
};
const PROMPT = 'zebra-of-the-prompt';
const REQUEST = {
  messages: [{ role: 'user', content: [{ text: PROMPT }] }],
  inferenceConfig: { maxTokens: 20, temperature: 0.5, topP: 0.9, stopSequences: [PROMPT] },
};
const ok = answerJson(textCompletion('walrus'));

async function headersAtUpstream(headers: Record<string, string>): Promise<Record<string, unknown>> {
  await using service = await RoutedService.start(FILE, { OPENAI_API_KEY: 'sk-1' });
  service.answerWith({ first: ok });
  await service.converse('m', REQUEST, { headers });
  return service.upstream('first').lastRequest?.headers ?? {};
}

describe('The trace context of a client', () => {
  it.each([
    ['is passed on', { traceparent: TRACEPARENT }, TRACEPARENT, undefined],
    [
      'is passed on with its state',
      { traceparent: TRACEPARENT, tracestate: 'a=1,b@c=2' },
      TRACEPARENT,
      'a=1,b@c=2',
    ],
    [
      'is passed on when it is not sampled',
      { traceparent: TRACEPARENT.replace(/1$/, '0') },
      TRACEPARENT.replace(/1$/, '0'),
      undefined,
    ],
    [
      'that is malformed is not',
      { traceparent: `00-${TRACE}-x-01`, tracestate: 'a=1' },
      undefined,
      undefined,
    ],
    ['of zeros is not', { traceparent: `00-${'0'.repeat(32)}-${PARENT}-01` }, undefined, undefined],
    [
      'of a version that cannot be is not',
      { traceparent: TRACEPARENT.replace(/^00/, 'ff') },
      undefined,
      undefined,
    ],
    [
      'loses a state that is malformed',
      { traceparent: TRACEPARENT, tracestate: 'no state' },
      TRACEPARENT,
      undefined,
    ],
    [
      'loses a state that is too long',
      { traceparent: TRACEPARENT, tracestate: `a=${'x'.repeat(600)}` },
      TRACEPARENT,
      undefined,
    ],
    ['without a parent has no state', { tracestate: 'a=1' }, undefined, undefined],
  ])('%s', async (_, headers, traceparent, tracestate) => {
    const received = await headersAtUpstream(headers);
    expect([received['traceparent'], received['tracestate']]).toEqual([traceparent, tracestate]);
  });

  it('is passed on, and besides it only the request id', async () => {
    const headers = {
      traceparent: TRACEPARENT,
      cookie: 'a=b',
      baggage: 'c=d',
      'x-request-id': 'mine',
      'x-custom': 'e',
    };
    const received = await headersAtUpstream(headers);
    expect(Object.keys(received).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'content-length',
      'content-type',
      'host',
      'traceparent',
      'user-agent',
      'x-request-id',
    ]);
    expect(received['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is sent to every upstream that is called', async () => {
    await using service = await RoutedService.start(FILE, { OPENAI_API_KEY: 'sk-1' });
    service.answerWith({ first: answerJson(errorBody('sorry'), 500), second: ok });
    const { headers } = await service.converse('m', REQUEST, { headers: { traceparent: TRACEPARENT } });
    for (const name of ['first', 'second']) {
      expect(service.upstream(name).lastRequest?.headers).toMatchObject({
        traceparent: TRACEPARENT,
        'x-request-id': headers.get('x-amzn-requestid'),
      });
    }
  });
});

describe('With a collector', () => {
  let collector: OtlpReceiver;
  beforeEach(async () => {
    collector = await OtlpReceiver.start();
  });
  afterEach(() => collector[Symbol.asyncDispose]());

  /** The spans of the requests that `ask` makes. They are sent at the latest when the process ends. */
  async function spansOf(ask: (service: RoutedService) => Promise<unknown>): Promise<ReceivedSpan[]> {
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OPENAI_API_KEY: 'sk-1' };
    await using service = await RoutedService.start(FILE, variables);
    service.answerWith({ first: ok, second: ok });
    await ask(service);
    await service.proxy.close();
    return collector.spans;
  }

  it('a request is a child span of the client’s, and the call a child span of the request', async () => {
    let received: unknown;
    let requestId: string | null = null;
    const spans = await spansOf(async (service) => {
      const headers = { traceparent: TRACEPARENT, tracestate: 'a=1' };
      const answer = await service.converse('m', REQUEST, { headers });
      requestId = answer.headers.get('x-amzn-requestid');
      received = service.upstream('first').lastRequest?.headers;
    });
    const server = spans.find(({ kind }) => kind === 2);
    const client = spans.find(({ kind }) => kind === 3);
    expect(spans).toHaveLength(2);
    expect(server).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, name: 'converse', status: 0 });
    expect(server?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'rpc.system': 'aws-api',
      'rpc.service': 'Bedrock Runtime',
      'rpc.method': 'converse',
      'aws.request_id': requestId,
    });
    expect(client).toMatchObject({
      traceId: TRACE,
      parentSpanId: server?.spanId,
      name: 'chat served',
      status: 0,
    });
    expect(client?.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'vllm',
      'gen_ai.request.model': 'served',
      'gen_ai.request.stream': false,
      'gen_ai.request.max_tokens': 20,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.usage.input_tokens': 11,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.cache_creation.input_tokens': 0,
      'server.address': '127.0.0.1',
      'server.port': expect.any(Number) as number,
    });
    expect(received).toMatchObject({ traceparent: `00-${TRACE}-${client?.spanId}-01`, tracestate: 'a=1' });
    expect(collector.resource['service.name']).toBe('bedrock-to-openai-proxy');
    expect(collector.requests.every(({ path }) => path === '/v1/traces')).toBe(true);
    expect(server?.startMs).toBeLessThanOrEqual(client?.startMs ?? 0);
    expect(client?.endMs).toBeLessThanOrEqual(server?.endMs ?? 0);
    expect(client?.endMs).toBeGreaterThan(client?.startMs ?? 0);
  });

  it('the span of a stream ends with its last event', async () => {
    const spans = await spansOf(async (service) => {
      service.answerWith({ first: answerChunks(textChunks('wal', 'rus')) });
      await service.converseStream('m', REQUEST);
    });
    const client = spans.find(({ kind }) => kind === 3);
    expect(client?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.time_to_first_chunk': expect.any(Number) as number,
      'gen_ai.usage.output_tokens': 7,
    });
    expect(client?.endMs).toBeGreaterThan(client?.startMs ?? 0);
  });

  it('calls that fail are errors, each with a span', async () => {
    const spans = await spansOf(async (service) => {
      service.answerWith({ first: answerJson(errorBody(PROMPT), 503) });
      await service.converse('m', REQUEST);
    });
    expect(
      spans.map(({ kind, name, status, attributes }) => [kind, name, status, attributes['error.type']]),
    ).toEqual([
      [3, 'chat served', 2, 'error'],
      [3, 'chat m', 0, undefined],
      [2, 'converse', 0, undefined],
    ]);
  });

  it('a stream that breaks is an error', async () => {
    const spans = await spansOf(async (service) => {
      service.answerWith({
        first: (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.end(toServerSentEvent(chunk({ content: 'wal' })));
        },
      });
      await service.converseStream('m', REQUEST);
    });
    expect(spans.map(({ status, attributes }) => [status, attributes['error.type']])).toEqual([
      [2, 'unusable'],
      [2, 'ModelStreamErrorException'],
    ]);
  });

  it('no span contains prompts or answers', async () => {
    await spansOf(async (service) => {
      await service.converse('m', REQUEST);
      service.answerWith({ first: answerChunks(textChunks('walrus')) });
      await service.converseStream('m', REQUEST);
    });
    expect(collector.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(collector.requests)).not.toMatch(/zebra|walrus|sk-1/);
  });

  it('a client that does not want to be traced is not', async () => {
    let received: unknown;
    const spans = await spansOf(async (service) => {
      await service.converse('m', REQUEST, { headers: { traceparent: `00-${TRACE}-${PARENT}-00` } });
      received = service.upstream('first').lastRequest?.headers['traceparent'];
    });
    expect(spans).toEqual([]);
    expect(received).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
  });

  it('probes are not traced', async () => {
    expect(await spansOf((service) => fetch(`${service.proxy.url}/health`))).toEqual([]);
  });

  it('that is unavailable, requests are still answered', async () => {
    const { endpoint } = collector;
    await collector[Symbol.asyncDispose]();
    // read by the exporter itself
    process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] = '300';
    await using service = await RoutedService.start(FILE, {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OPENAI_API_KEY: 'sk-1',
    });
    service.answerWith({ first: ok });
    expect((await service.converse('m', REQUEST)).status).toBe(200);
    delete process.env['OTEL_EXPORTER_OTLP_TIMEOUT'];
  });
});
