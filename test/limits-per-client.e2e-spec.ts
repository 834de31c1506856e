import { hash } from 'node:crypto';
import { once } from 'node:events';
import { constants } from 'node:http2';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { chunk, ending, textCompletion } from './support/answers.js';
import { holdTimers } from './support/held-timers.js';
import { Http2Client } from './support/http2-client.js';
import { RedisServer, REDIS_IS_INSTALLED } from './support/redis-server.js';
import { bearer, RoutedService, type RoutedFile } from './support/routed-service.js';
import { answerJson, toServerSentEvent, type UpstreamScript } from './support/scripted-upstream.js';

const ROUTE = [{ upstream: 'first' }, { upstream: 'second' }];
const client = (name: string, limits?: object) => ({ name, bearerSha256: hash('sha256', name), limits });
const FILE: RoutedFile = {
  upstreams: { first: {}, second: {} },
  models: [
    { match: 'sole', route: [{ upstream: 'first' }] },
    { match: '*', route: ROUTE },
  ],
  clients: [client('minute', { requestsPerMinute: 2 }), client('one', { concurrent: 1 }), client('free')],
};

/** Streams that stay open until the test ends them. */
class HeldStreams {
  private readonly endings: (() => void)[] = [];

  readonly script: UpstreamScript = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(toServerSentEvent(chunk({ content: 'Hi' })));
    this.endings.push(() =>
      response.end(ending('stop').map(toServerSentEvent).join('') + 'data: [DONE]\n\n'),
    );
  };

  endOne(): void {
    this.endings.shift()?.();
  }
}

const ok = answerJson(textCompletion('Hi'));
const statusOf = async (answer: Promise<{ status: number }>) => (await answer).status;

let service: RoutedService;

async function start(file: Partial<RoutedFile> = {}, redisUrl?: string): Promise<RoutedService> {
  service = await RoutedService.start(
    { ...FILE, ...file },
    redisUrl === undefined ? {} : { REDIS_URL: redisUrl },
  );
  service.answerWith({ first: ok, second: ok });
  return service;
}

afterEach(async () => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  await service[Symbol.asyncDispose]();
});

const call = (name: string, modelId = 'sole') => service.converse(modelId, undefined, bearer(name));

describe('requests per minute of a client', () => {
  it('over the limit are refused with Retry-After', async () => {
    await start();
    expect([await statusOf(call('minute')), await statusOf(call('minute'))]).toEqual([200, 200]);
    const { status, headers, body } = await call('minute');
    expect({ status, body }).toEqual({
      status: 429,
      body: { message: 'Too many requests, please wait before trying again.' },
    });
    expect(headers.get('x-amzn-errortype')).toBe('ThrottlingException');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(service.asked).toMatchObject({ first: 2 });
  });

  it('are counted for Converse and ConverseStream together, and separately for each client', async () => {
    await start();
    await service.open('sole', undefined, bearer('minute'));
    await call('minute');
    expect((await service.open('sole', undefined, bearer('minute'))).status).toBe(429);
    expect(await statusOf(call('free'))).toBe(200);
  });

  it('are accepted again after a minute', async () => {
    await start();
    const now = Date.now();
    await call('minute');
    await call('minute');
    expect(await statusOf(call('minute'))).toBe(429);
    jest.spyOn(Date, 'now').mockImplementation(() => now + 61_000);
    expect(await statusOf(call('minute'))).toBe(200);
  });
});

describe('concurrent requests of a client', () => {
  /** Long enough that no request is refused because of a slow machine. */
  async function startInStillTime(): Promise<void> {
    await start();
    holdTimers();
  }

  it('wait until a stream ends', async () => {
    await startInStillTime();
    const streams = new HeldStreams();
    service.answerWith({ first: streams.script });
    const stream = await service.open('sole', undefined, bearer('one'));
    service.answerWith({ first: ok });
    const waiting = call('one');
    const meanwhile = await call('free');
    expect(meanwhile.status).toBe(200);
    expect(service.asked).toMatchObject({ first: 2 });
    streams.endOne();
    expect(await statusOf(waiting)).toBe(200);
    expect(await stream.text()).toContain('metadata');
  });

  it('wait until a client disconnects', async () => {
    await startInStillTime();
    service.answerWith({ first: new HeldStreams().script });
    const leaving = new AbortController();
    await service.open('sole', undefined, { ...bearer('one'), signal: leaving.signal });
    service.answerWith({ first: ok });
    const waiting = call('one');
    leaving.abort();
    expect(await statusOf(waiting)).toBe(200);
  });

  it('release their slot over HTTP/2 with an answer, an error or a disconnect', async () => {
    await startInStillTime();
    const http2 = new Http2Client(service.proxy.url);
    const headers = { authorization: 'Bearer one' };
    const hello = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
    for (const [body, status] of [[hello, 200] as const, ['{', 400] as const, [hello, 200] as const]) {
      expect((await http2.post('/model/sole/converse', body, headers)).status).toBe(status);
    }
    service.answerWith({ first: new HeldStreams().script });
    const leaving = http2.open('/model/sole/converse-stream', hello, headers);
    await once(leaving, 'response');
    service.answerWith({ first: ok });
    const waiting = http2.post('/model/sole/converse', hello, headers);
    leaving.close(constants.NGHTTP2_CANCEL);
    expect((await waiting).status).toBe(200);
    await http2.close();
  });

  it('are refused if too many already wait', async () => {
    await startInStillTime();
    const streams = new HeldStreams();
    service.answerWith({ first: streams.script });
    await service.open('sole', undefined, bearer('one'));
    service.answerWith({ first: ok });
    const answers = [call('one'), call('one'), call('one')].map(statusOf);
    expect(await Promise.race(answers)).toBe(429);
    streams.endOne();
    expect((await Promise.all(answers)).toSorted((one, other) => one - other)).toEqual([200, 200, 429]);
  });
});

describe('limits of an upstream', () => {
  it.each([
    ['requests per minute', { requestsPerMinute: 1 }],
    ['places that are taken, for a moment', { maxConcurrency: 1 }],
  ])('make the proxy call the next target of the route: %s', async (_, limits) => {
    await start({ upstreams: { first: limits, second: {} } });
    const streams = new HeldStreams();
    service.answerWith({ first: streams.script });
    const stream = await service.open('m', undefined, bearer('free'));
    const answers = [call('free', 'm'), call('free', 'm'), call('free', 'm')].map(statusOf);
    expect(await Promise.race(answers)).toBe(200);
    expect(service.asked['first']).toBe(1);
    service.answerWith({ first: ok });
    streams.endOne();
    expect(await Promise.all(answers)).toEqual([200, 200, 200]);
    await stream.text();
  });

  it('are answered with ThrottlingException if there is no other target', async () => {
    await start({ upstreams: { first: { requestsPerMinute: 1 }, second: {} } });
    expect(await statusOf(call('free'))).toBe(200);
    const { status, headers } = await call('free');
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it('release the slot of a failed call', async () => {
    await start({ upstreams: { first: { maxConcurrency: 1 }, second: {} } });
    const fails: UpstreamScript = (_request, response) => response.destroy();
    service.answerWith({ first: fails });
    for (let count = 0; count < 4; count += 1) expect(await statusOf(call('free'))).toBe(500);
    const badRequest = {
      messages: [{ role: 'user', content: [{ video: { format: 'mp4', source: { bytes: 'AAAA' } } }] }],
    };
    expect(await statusOf(service.converse('sole', badRequest, bearer('free')))).toBe(400);
    service.answerWith({ first: ok });
    expect(await statusOf(call('free'))).toBe(200);
  });
});

describe('with Redis', () => {
  const UNAVAILABLE = expect.stringMatching(
    /^Redis is not available, requests per minute are not limited: ./,
  ) as unknown;
  const withRedis = REDIS_IS_INSTALLED ? it : it.skip;
  const note = REDIS_IS_INSTALLED ? '' : ' (passed over: redis-server is missing on this machine)';

  withRedis(`replicas count together, and pass everybody while it is not available${note}`, async () => {
    const warnings = warningsOfLogger();
    await using redis = await RedisServer.start();
    await start({}, redis.url);
    await using replica = await RoutedService.start(FILE, { REDIS_URL: redis.url });
    replica.answerWith({ first: ok });
    expect(await statusOf(call('minute'))).toBe(200);
    expect(await statusOf(replica.converse('sole', undefined, bearer('minute')))).toBe(200);
    expect(await statusOf(call('minute'))).toBe(429);
    expect(await statusOf(replica.converse('sole', undefined, bearer('minute')))).toBe(429);
    expect(warnings()).toEqual([]);

    await redis.stop();
    expect(await statusOf(call('minute'))).toBe(200);
    expect(await statusOf(call('minute'))).toBe(200);
    expect(warnings()).toContainEqual(UNAVAILABLE);
  });

  it('that was never available, no request is refused and the log says so once', async () => {
    const warnings = warningsOfLogger();
    await start({}, 'redis://127.0.0.1:1');
    for (let count = 0; count < 4; count += 1) expect(await statusOf(call('minute'))).toBe(200);
    expect(warnings()).toEqual([UNAVAILABLE]);
  });
});

/** The log messages about Redis so far. */
function warningsOfLogger(): () => unknown[] {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  return () =>
    warn.mock.calls.map(([line]: unknown[]) => line).filter((line) => String(line).startsWith('Redis'));
}
