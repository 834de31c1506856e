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

/** A started process, and its upstream. */
interface Started {
  readonly upstream: Upstream;
  readonly proxy: BuiltProxy;
}

interface Case {
  readonly name: string;
  readonly variables?: Record<string, string>;
  readonly asProcess1?: boolean;
  readonly happens: (started: Started) => Promise<void>;
}

const drains = (signal: NodeJS.Signals, asProcess1: boolean): Case => ({
  name: `${signal} drains without failures (as process 1: ${asProcess1})`,
  variables: { DRAIN_DELAY_MS: '3000' },
  asProcess1,
  happens: async ({ proxy, upstream }) => {
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
});

const endsAtOnce = (first: NodeJS.Signals, second: NodeJS.Signals, status: number): Case => ({
  name: `${first} ends at once when ${second} follows`,
  happens: async ({ proxy }) => {
    const response = await openStream(proxy.url);
    await proxy.signal(first);
    proxy.kill(second);
    expect(await proxy.exit).toBe(status);
    await expect(response.arrayBuffer()).rejects.toThrow();
  },
});

const CASES: readonly Case[] = [
  drains('SIGTERM', false),
  drains('SIGINT', false),
  ...(canBeProcess1 ? [drains('SIGTERM', true), drains('SIGINT', true)] : []),
  endsAtOnce('SIGTERM', 'SIGTERM', 143),
  endsAtOnce('SIGTERM', 'SIGINT', 130),
];

describe('A process that gets a signal', () => {
  const opened = new AsyncDisposableStack();
  /** All at once, because a drain is mostly waiting. */
  const outcomes = new Map<Case, Promise<void>>();

  beforeAll(async () => {
    const build = opened.use(await Build.make());
    const started = await Promise.all(CASES.map(async (each) => [each, await start(build, each)] as const));
    for (const [each, processes] of started) {
      const outcome = each.happens(processes);
      outcomes.set(each, outcome);
      // the test of the case reports it
      outcome.catch(() => undefined);
    }
  });
  afterAll(() => opened.disposeAsync());

  async function start(build: Build, { variables, asProcess1 = false }: Case): Promise<Started> {
    const upstream = new Upstream();
    const server = await startScriptedUpstream(upstream.script);
    opened.defer(() => server.close());
    const environment = { OPENAI_API_BASE: server.baseUrl, ...variables };
    return { upstream, proxy: opened.use(await BuiltProxy.start(build, environment, { asProcess1 })) };
  }

  it.each(CASES.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    await expect(outcomes.get(each)).resolves.toBeUndefined();
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
