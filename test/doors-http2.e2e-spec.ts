import { begins, STREAMS, textOf } from './support/doors.js';
import { FILTERING, moderation } from './support/guarded-file.js';
import { Http2Client } from './support/http2-client.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';
import { TRACED_REQUESTS } from './support/traced-requests.js';

/** What one protocol has and the other has not. */
const OF_THE_CONNECTION = /^(?::status|connection|keep-alive|transfer-encoding|date)$/;
/** What differs from one request to the next. */
const OF_THE_REQUEST: readonly (readonly [form: RegExp, written: string])[] = [
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID'],
  [/\bmsg_(?:bdrk_)?[0-9A-Za-z]{24}\b/g, 'ID'],
  [/"(latencyMs|invocationLatency|firstByteLatency|guardrailProcessingLatency)":\d+/g, '"$1":0'],
];
const GETS = [
  '/foundation-models',
  '/foundation-models/sole',
  '/inference-profiles',
  '/inference-profiles/sole',
  '/guardrails',
  '/openai/v1/models',
  '/v1/models',
  '/v1/models/none',
  '/v1/responses',
  '/async-invoke',
  '/no-such-path',
];

interface Seen {
  readonly status: number;
  readonly headers: object;
  readonly body: string;
}

async function seen(response: Response): Promise<Seen> {
  const headers = [...response.headers]
    .filter(([name]) => !OF_THE_CONNECTION.test(name))
    .map(([name, value]) => [name, /request-?id|latency|length/.test(name) ? 'own' : value]);
  const text = await textOf(response);
  const body = OF_THE_REQUEST.reduce((rest, [form, written]) => rest.replaceAll(form, written), text);
  return { status: response.status, headers: Object.fromEntries(headers) as object, body };
}

describe('Over HTTP/2 as over HTTP/1.1', () => {
  let service: RoutedService;
  let http2: Http2Client;

  beforeAll(async () => {
    service = await RoutedService.start({
      upstreams: { first: { dialect: 'vllm' }, moderation: {} },
      models: [{ match: 'sole', route: [{ upstream: 'first', model: 'served' }] }],
      guardrails: [FILTERING],
    });
    service.answerWith({ moderation: answerJson(moderation({})) });
    http2 = new Http2Client(service.proxy.url);
  });
  afterAll(async () => {
    await http2.close();
    await service[Symbol.asyncDispose]();
  });

  /** The same request over both. */
  async function both(path: string, body?: string): Promise<{ one: Seen; two: Seen }> {
    const method = body === undefined ? 'GET' : 'POST';
    const one = await seen(
      await fetch(service.proxy.url + path, { method, ...(body !== undefined && { body }) }),
    );
    const answer = await http2.post(path, body ?? '', { ':method': method });
    const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
      name.startsWith(':') ? [] : [[name, String(value)]],
    );
    const { status = 0 } = answer;
    return { one, two: await seen(new Response(new Uint8Array(answer.body), { status, headers })) };
  }

  it.each(TRACED_REQUESTS.map((request) => [request.name, request] as const))(
    'a good call: %s',
    async (_, { path, body, script, isRefused = false }) => {
      service.answerWith({ first: script });
      const { one, two } = await both(path, JSON.stringify(body));
      expect(one.status).toBe(isRefused ? 400 : 200);
      expect(one.body).not.toBe('');
      expect(two).toEqual(one);
    },
  );

  it.each(TRACED_REQUESTS.map((request) => [request.name, request] as const))(
    'a bad body: %s',
    async (_, { path }) => {
      const calls = { ...service.asked };
      for (const body of ['[]', '{"messages":', '{}', '']) {
        const { one, two } = await both(path, body);
        expect([one.status, body]).toEqual([400, body]);
        expect(two).toEqual(one);
      }
      expect(service.asked).toEqual(calls);
    },
  );

  it.each(STREAMS.map((door) => [door.name, door] as const))('a broken stream: %s', async (_, door) => {
    service.answerWith({ first: begins('Hi', (_request, response) => void response.destroy()) });
    const { one, two } = await both(door.path, JSON.stringify(door.body));
    expect(one.body).toContain('Hi');
    expect(one.body).toContain(door.failures.broken);
    expect(one.body).not.toContain(door.ending);
    expect(two).toEqual(one);
  });

  it.each(GETS)('GET %s', async (path) => {
    const { one, two } = await both(path);
    expect(one.body).not.toBe('');
    expect(two).toEqual(one);
  });
});
