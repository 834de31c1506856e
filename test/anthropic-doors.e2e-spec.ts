import { chunk, textChunks, textCompletion } from './support/answers.js';
import { Http2Client } from './support/http2-client.js';
import { answerChunks, answerJson, toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const PATHS = ['/v1/messages', '/anthropic/v1/messages'];
const HELLO = { model: 'claude', max_tokens: 10, messages: [{ role: 'user', content: 'Hello' }] };
const STREAM = JSON.stringify({ ...HELLO, stream: true });

/** Server-sent events, each with its name and its data. */
function eventsOf(text: string): { event: string; data: unknown }[] {
  return text.split('\n\n').flatMap((block) => {
    const [, event = '', data = 'null'] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
    return block === '' ? [] : [{ event, data: JSON.parse(data) as unknown }];
  });
}

describe("Anthropic's doors", () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(service.url + path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  describe.each(PATHS)('%s', (path) => {
    it('answers with JSON, and the id of the request under the name of the SDKs', async () => {
      service.upstream.answerWith(answerJson(textCompletion('Hi')));
      const response = await post(path, HELLO);
      expect(await response.json()).toMatchObject({
        type: 'message',
        model: 'claude',
        stop_reason: 'end_turn',
      });
      expect(response.headers.get('request-id')).toBe(response.headers.get('x-amzn-requestid'));
      expect(response.headers.get('x-amzn-bedrock-input-token-count')).toBeNull();
    });

    it('streams server-sent events, named after their type and without metrics', async () => {
      service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
      const response = await post(path, STREAM);
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      const events = eventsOf(await response.text());
      expect(events.map(({ event }) => event)).toEqual([
        'message_start',
        'content_block_start',
        'content_block_delta',
        'content_block_delta',
        'content_block_stop',
        'message_delta',
        'message_stop',
      ]);
      expect(events.every(({ event, data }) => (data as { type: string }).type === event)).toBe(true);
      expect(events.at(-1)).toEqual({ event: 'message_stop', data: { type: 'message_stop' } });
    });

    it('counts tokens without a limit of the answer', async () => {
      const { max_tokens: _, ...request } = HELLO;
      const response = await post(`${path}/count_tokens`, request);
      expect(await response.json()).toEqual({ input_tokens: expect.any(Number) as number });
      expect(response.headers.get('x-proxy-token-count')).toBe('estimated;source=characters');
      expect(service.upstreamRequests).toEqual([]);
    });
  });

  it('ends a stream that breaks with an error, and without message_stop', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })), () => response.destroy());
    });
    const events = eventsOf(await (await post('/v1/messages', STREAM)).text());
    expect(events.map(({ event }) => event)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'error',
    ]);
    expect(events.at(-1)?.data).toEqual({
      type: 'error',
      error: { type: 'api_error', message: expect.stringContaining('Retry your request') as string },
    });
  });

  it.each<[what: string, body: unknown, path: string]>([
    ['no model', { ...HELLO, model: undefined }, 'model'],
    ['a model that cannot be', { ...HELLO, model: '../secret' }, 'model identifier'],
    ['a stream that is no flag', { ...HELLO, stream: 'yes' }, 'stream'],
    ['no limit', { ...HELLO, max_tokens: undefined }, 'max_tokens'],
    [
      'an image at an address',
      asking({ type: 'image', source: { type: 'url', url: 'https://a.example' } }),
      'messages.0.content.0.source.url',
    ],
    ['no JSON', '{', 'not valid JSON'],
    ['no object', '[]', 'JSON object'],
  ])('refuses %s', async (_, body, words) => {
    const response = await post('/v1/messages', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message: expect.stringContaining(words) as string },
    });
    expect(service.upstreamRequests).toEqual([]);
  });

  it.each([
    ['GET', '/v1/messages'],
    ['POST', '/v1/messages/batches'],
    ['GET', '/anthropic/v1/models'],
  ])('says in its own words that there is no %s %s', async (method, path) => {
    const response = await fetch(service.url + path, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'not_found_error' } });
  });

  it('tells what was ignored in the paths of the body', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const response = await post('/v1/messages', { ...HELLO, metadata: { user_id: 'u' }, speed: 'fast' });
    expect(response.headers.get('x-proxy-ignored-parameters')).toBe('speed,metadata');
  });
});

function asking(...content: unknown[]): object {
  return { ...HELLO, messages: [{ role: 'user', content }] };
}

describe("Anthropic's doors, with little room", () => {
  it('answer 413 to a body that is too large', async () => {
    await using service = await Service.start({ MAX_BODY_MB: '1' });
    const body = JSON.stringify({ ...HELLO, padding: 'x'.repeat(2 * 1024 * 1024) });
    const response = await fetch(`${service.url}/v1/messages`, { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'request_too_large' } });
  });
});

describe('A silent stream at an Anthropic door', () => {
  const PING = 'event: ping\ndata: {"type":"ping"}\n\n';

  it.each([1, 2])('is kept alive by pings over HTTP/%i', async (version) => {
    await using service = await Service.start({ STREAM_KEEPALIVE_MS: '5' });
    const { promise: pinged, resolve: goOn } = Promise.withResolvers<void>();
    service.upstream.answerWith(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      await pinged;
      for (const each of textChunks('Two')) response.write(toServerSentEvent(each));
      response.end('data: [DONE]\n\n');
    });
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of open(service.url, version)) {
      text += decoder.decode(bytes, { stream: true });
      if (text.includes(PING)) goOn();
    }
    const events = eventsOf(text).filter(({ event }) => event !== 'ping');
    expect(events.at(0)?.event).toBe('message_start');
    expect(events.at(-1)?.event).toBe('message_stop');
    expect(text).toContain(PING);
  });
});

async function* open(url: string, version: number): AsyncGenerator<Uint8Array> {
  if (version === 1) {
    const response = await fetch(`${url}/v1/messages`, { method: 'POST', body: STREAM });
    return yield* response.body ?? [];
  }
  const client = new Http2Client(url);
  yield* client.open('/v1/messages', STREAM);
  await client.close();
}
