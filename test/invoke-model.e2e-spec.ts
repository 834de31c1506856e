import { chunk, completion, ending, textChunks, textCompletion } from './support/answers.js';
import { decodeEventStream } from './support/event-stream.js';
import { RoutedService } from './support/routed-service.js';
import { answerChunks, answerJson, toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const NOVA = 'us.amazon.nova-lite-v1:0';
const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }], inferenceConfig: {} };
const PROMPT = { prompt: 'Hello', max_gen_len: 9 };
const MAX_CHUNK_BYTES = 1_000_000;

let service: Service;

beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => service.reset());

interface Call {
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
  readonly model?: string;
  readonly operation?: string;
  readonly url?: string;
}

function invoke({ body = HELLO, headers = {}, model = NOVA, operation = 'invoke', url = service.url }: Call) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${url}/model/${model}/${operation}`, { method: 'POST', headers, body: text });
}

const stream = (call: Call) => invoke({ operation: 'invoke-with-response-stream', ...call });

/** The chunks of a stream; other events as they are. */
async function eventsOf(response: Response): Promise<Record<string, unknown>[]> {
  return decodeEventStream(await response.bytes()).map((event) => {
    const { bytes } = (event['chunk'] ?? {}) as { bytes?: string }; // the payload of an event is an object
    return bytes === undefined
      ? event
      : (JSON.parse(Buffer.from(bytes, 'base64').toString()) as typeof event);
  });
}

describe('InvokeModel', () => {
  it.each([['application/json'], ['application/octet-stream'], ['text/plain']])(
    'answers a JSON body of the type %s',
    async (type) => {
      service.upstream.answerWith(answerJson(textCompletion('Hi')));
      const response = await invoke({ headers: { 'content-type': type } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
      expect(await response.json()).toMatchObject({ stopReason: 'end_turn' });
    },
  );

  it('tells tokens and latency in headers', async () => {
    const usage = {
      prompt_tokens: 11,
      completion_tokens: 7,
      total_tokens: 18,
      prompt_tokens_details: { cached_tokens: 4 },
    };
    service.upstream.answerWith(answerJson({ ...textCompletion('Hi'), usage }));
    const { headers } = await invoke({});
    expect(headers.get('x-amzn-bedrock-input-token-count')).toBe('7');
    expect(headers.get('x-amzn-bedrock-output-token-count')).toBe('7');
    expect(headers.get('x-amzn-bedrock-cache-read-input-token-count')).toBe('4');
    expect(headers.has('x-amzn-bedrock-cache-write-input-token-count')).toBe(false);
    expect(Number(headers.get('x-amzn-bedrock-invocation-latency'))).toBeGreaterThanOrEqual(1);
  });

  it('reports headers that have no effect, and takes others for members of the request', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const response = await invoke({
      headers: {
        accept: 'text/html',
        'x-amzn-bedrock-guardrailidentifier': 'abc',
        'x-amzn-bedrock-guardrailversion': '1',
        'x-amzn-bedrock-trace': 'ENABLED',
        'x-amzn-bedrock-performanceconfig-latency': 'optimized',
        'x-amzn-bedrock-request-metadata': '{"team":"a"}',
        'x-amzn-bedrock-projectidentifier': 'p',
        'anthropic-beta': 'x',
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-proxy-ignored-parameters')?.split(',').toSorted()).toEqual([
      'headers.accept',
      'headers.x-amzn-bedrock-guardrailidentifier',
      'headers.x-amzn-bedrock-performanceconfig-latency',
      'headers.x-amzn-bedrock-projectidentifier',
      'headers.x-amzn-bedrock-request-metadata',
    ]);
  });

  it('removes the tags of a guardrail, and sends none of its members upstream', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const tag = 'amazon-bedrock-guardrails-guardContent_xyz';
    const response = await invoke({
      model: 'meta.llama3',
      headers: { 'x-amzn-bedrock-guardrailidentifier': 'abc', 'x-amzn-bedrock-guardrailversion': '1' },
      body: {
        prompt: `Hello <${tag}>dear</${tag}> model </${tag}>`,
        'amazon-bedrock-guardrailConfig': { tagSuffix: 'xyz', streamProcessingMode: 'SYNCHRONOUS' },
      },
    });
    expect(response.status).toBe(200);
    expect(JSON.stringify(service.upstreamRequests)).not.toContain('amazon-bedrock');
    expect(service.upstreamRequests).toEqual([
      expect.objectContaining({
        // guarded texts are blocks of their own, which are joined as Converse's are
        messages: [{ role: 'user', content: 'Hello \ndear\n model ' }],
      }),
    ]);
  });

  it('takes the format that the rule of the model names', async () => {
    await using routed = await RoutedService.start({
      upstreams: { local: {} },
      models: [{ match: '*', route: [{ upstream: 'local' }], invokeFormat: 'llama' }],
    });
    routed.answerWith({ local: answerJson(textCompletion('Hi')) });
    const { url } = routed.proxy;
    expect(await (await invoke({ url, body: { prompt: 'Hello' } })).json()).toMatchObject({
      generation: 'Hi',
    });
    expect((await invoke({ url, body: HELLO })).status).toBe(400);
  });

  it('answers a malformed tool call with an error where the format has no word for it', async () => {
    service.upstream.answerWith(answerJson(completion({ content: 'x' }, 'malformed_function_call')));
    const refused = await invoke({ body: PROMPT });
    expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([424, 'ModelErrorException']);
    expect(await (await invoke({})).json()).toMatchObject({ stopReason: 'malformed_tool_use' });
  });
});

describe('InvokeModelWithResponseStream', () => {
  it('sends event streams of JSON', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Hi')));
    const { headers } = await stream({});
    expect(headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    expect(headers.get('x-amzn-bedrock-content-type')).toBe('application/json');
  });

  it('splits a text that is too long for one chunk', async () => {
    const text = `${'\u0001'.repeat(400_000)}${'🙂'.repeat(200_000)}`;
    service.upstream.answerWith(answerChunks(textChunks(text)));
    const chunks = await eventsOf(await stream({ body: PROMPT }));
    expect(chunks.map(({ generation }) => generation).join('')).toBe(text);
    const sizes = chunks.map((each) => Buffer.byteLength(JSON.stringify(each)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_CHUNK_BYTES);
  });

  it('is an ordinary error until the first event', async () => {
    service.upstream.answerWith(answerJson({ error: { message: 'No' } }, 400));
    const response = await stream({});
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
  });

  it('ends with an exception where the format has no word for the end', async () => {
    service.upstream.answerWith(
      answerChunks([chunk({ content: 'x' }), ...ending('malformed_function_call')]),
    );
    const events = await eventsOf(await stream({ body: PROMPT }));
    expect(events.map((event) => Object.keys(event)[0])).toEqual(['generation', 'modelStreamErrorException']);
  });

  it.each([
    ['by way of Converse', PROMPT],
    ['of OpenAI', { messages: [{ role: 'user', content: 'Hello' }] }],
  ])('ends with the exception for timeouts when the upstream falls silent: a body %s', async (_, body) => {
    await using impatient = await Service.start({ UPSTREAM_IDLE_TIMEOUT_MS: '50' });
    impatient.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'Hi' })));
    });
    const events = await eventsOf(await stream({ url: impatient.url, body, model: 'meta.llama3' }));
    expect(events.at(-1)).toEqual({ modelTimeoutException: { message: expect.any(String) as string } });
  });

  it('keeps a silent stream alive with events that clients skip', async () => {
    await using silent = await Service.start({ STREAM_KEEPALIVE_MS: '5' });
    const { promise: written, resolve: goOn } = Promise.withResolvers<void>();
    silent.upstream.answerWith(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      await written;
      for (const each of textChunks('Hi')) response.write(toServerSentEvent(each));
      response.end();
    });
    const response = await stream({ url: silent.url, body: PROMPT });
    // the headers are sent with the first keep-alive frame, before the upstream has said anything
    goOn();
    const events = await eventsOf(response);
    expect(events[0]).toEqual({ keepAlive: {} });
    expect(events.filter((event) => !('keepAlive' in event)).map(({ generation }) => generation)).toEqual([
      'Hi',
      '',
    ]);
  });
});
