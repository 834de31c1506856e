import { once } from 'node:events';
import { request } from 'node:http';
import { ActiveRequests } from '../src/server/load/active-requests.js';
import { chunk, ending, textCompletion } from './support/answers.js';
import { Build } from './support/build.js';
import { BuiltProxy, canBeProcess1 } from './support/built-proxy.js';
import { decodeEventStream } from './support/event-stream.js';
import { answerOf, Http2Client } from './support/http2-client.js';
import { sendRaw } from './support/raw-request.js';
import {
  startScriptedUpstream,
  toServerSentEvent,
  type RecordedRequest,
  type ScriptedUpstream,
} from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { until } from './support/until.js';

const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const CONVERSE = { path: '/model/m/converse', body: BODY };
const STREAM = '/model/m/converse-stream';

/** Answers at once, except streams, which begin and end when the test says so. */
class Upstream {
  readonly #finished = Promise.withResolvers<void>();

  finish(): void {
    this.#finished.resolve();
  }

  readonly script: Parameters<ScriptedUpstream['answerWith']>[0] = async ({ body }, response) => {
    if (!isStreamed(body)) return void response.end(JSON.stringify(textCompletion('Hi')));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(toServerSentEvent(chunk({ content: 'One' })));
    await this.#finished.promise;
    for (const last of ending('stop')) response.write(toServerSentEvent(last));
    response.end('data: [DONE]\n\n');
  };
}

const isStreamed = (body: RecordedRequest['body']): boolean => (body as { stream?: boolean }).stream === true;
const lastEvent = (body: Uint8Array): unknown => decodeEventStream(body).at(-1);
const openStream = (url: string): Promise<Response> => fetch(url + STREAM, { method: 'POST', body: BODY });

describe('A process that gets a signal', () => {
  let build: Build;
  let server: ScriptedUpstream;
  let upstream: Upstream;
  let proxy: BuiltProxy;

  beforeAll(async () => {
    build = await Build.make();
  });
  afterAll(() => build[Symbol.dispose]());
  beforeEach(async () => {
    upstream = new Upstream();
    server = await startScriptedUpstream(upstream.script);
  });
  afterEach(async () => {
    await proxy[Symbol.asyncDispose]();
    await server.close();
  });

  const start = async (variables: Record<string, string>, options?: { asProcess1: boolean }) => {
    proxy = await BuiltProxy.start(build, { OPENAI_API_BASE: server.baseUrl, ...variables }, options);
  };

  const cases: [NodeJS.Signals, boolean][] = [
    ['SIGTERM', false],
    ['SIGINT', false],
    ['SIGTERM', true],
    ['SIGINT', true],
  ];
  it.each(cases.filter(([, asProcess1]) => canBeProcess1 || !asProcess1))(
    '%s drains without failures (as process 1: %s)',
    async (signal, asProcess1) => {
      await start({ DRAIN_DELAY_MS: '3000' }, { asProcess1 });
      const http2 = new Http2Client(proxy.url);
      const streamed = answerOf(http2.open(STREAM, BODY));
      const response = await openStream(proxy.url);

      await proxy.signal(signal);
      expect(await proxy.status('/health/live')).toBe(200);
      const served = await sendRaw(proxy.url, { ...CONVERSE, headers: { connection: 'keep-alive' } });
      expect([served.status, served.headers.connection]).toEqual([200, 'close']);
      expect((await http2.post(CONVERSE.path, BODY)).status).toBe(200);

      await Promise.all([proxy.refusesConnections(), once(http2.session, 'goaway')]);
      upstream.finish();
      expect(lastEvent(await response.bytes())).toHaveProperty('metadata');
      expect(lastEvent((await streamed).body)).toHaveProperty('metadata');
      expect(await proxy.exit).toBe(0);
    },
  );

  it.each<[NodeJS.Signals, NodeJS.Signals, number]>([
    ['SIGTERM', 'SIGTERM', 143],
    ['SIGTERM', 'SIGINT', 130],
  ])('%s ends at once when %s follows', async (first, second, status) => {
    await start({});
    const response = await openStream(proxy.url);
    await proxy.signal(first);
    proxy.kill(second);
    expect(await proxy.exit).toBe(status);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });
});

describe('A service whose shutdown timeout has passed', () => {
  let service: Service;

  beforeEach(async () => {
    service = await Service.start({ SHUTDOWN_TIMEOUT_MS: '50' });
    service.upstream.answerWith(new Upstream().script);
  });
  afterEach(() => service.upstream.close());

  it('ends its streams with an exception, and its upstream calls', async () => {
    const http2 = new Http2Client(service.url);
    const streamed = answerOf(http2.open(STREAM, BODY));
    const response = await openStream(service.url);
    await service.upstream.received(2);
    await service.proxy.close();
    const exception = {
      serviceUnavailableException: { message: 'Bedrock is unable to process your request.' },
    };
    expect(lastEvent(await response.bytes())).toEqual(exception);
    expect(lastEvent((await streamed).body)).toEqual(exception);
    await service.upstream.socketsDownTo(0);
  });

  it('answers 503 to clients that still wait for an answer or still send their request', async () => {
    service.upstream.answerWith(() => undefined);
    const sending = request(service.url + CONVERSE.path, { method: 'POST', agent: false });
    sending.on('error', () => undefined).write('{"messages":');
    const refused = once(sending, 'response');
    const waiting = sendRaw(service.url, CONVERSE);
    await service.upstream.received(1);
    await until(() => service.proxy.app.get(ActiveRequests).count === 2);
    await service.proxy.close();
    const [{ statusCode, headers }] = await refused;
    expect([statusCode, headers['x-amzn-errortype']]).toEqual([503, 'ServiceUnavailableException']);
    expect(await waiting).toMatchObject({
      status: 503,
      headers: { 'x-amzn-errortype': 'ServiceUnavailableException', connection: 'close' },
    });
  });

  it('does not wait for clients that do not read', async () => {
    service.upstream.answerWith((_request, response) => {
      response.end(JSON.stringify(textCompletion('x'.repeat(4 * 1024 * 1024))));
    });
    const http2 = new Http2Client(service.url);
    const finished = http2.open(CONVERSE.path, BODY);
    await once(finished, 'response');
    await service.proxy.close();
    http2.session.destroy();
  });
});
