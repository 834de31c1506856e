import request from 'supertest';
import { decodeEventStream } from './support/event-stream.js';
import { answerInPieces, comparable, type Exchange, exchangeNames, readExchange } from './support/exchange.js';
import { startProxy, type RunningProxy } from './support/proxy.js';
import { startScriptedUpstream, type ScriptedUpstream } from './support/scripted-upstream.js';

const NAMES = exchangeNames();
const STREAMS = NAMES.filter((name) => readExchange(name).isStream);
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of most streams here, pieces of one to five bytes. */
const MANY_PIECES = 500;

let upstream: ScriptedUpstream;
const proxies = new Map<string, RunningProxy>();

beforeAll(async () => {
  upstream = await startScriptedUpstream(() => undefined);
});

afterAll(async () => {
  for (const proxy of proxies.values()) await proxy.close();
  await upstream.close();
});

describe('an exchange', () => {
  it.each(NAMES)('is as written: %s', async (name) => {
    const exchange = readExchange(name);
    expect(await run(exchange, 1)).toEqual(expected(exchange));
  });

  it.each(STREAMS)('does not depend on how the bytes of the upstream are split: %s', async (name) => {
    const exchange = readExchange(name);
    expect(await run(exchange, MANY_PIECES)).toEqual(expected(exchange));
  });
});

/** By the names of the files, so that a difference says where it is. */
function expected({ upstreamRequest, answer, answerFile, ignored }: Exchange): Record<string, unknown> {
  return {
    status: 200,
    'upstream-request.json': [{ method: 'POST', path: '/v1/chat/completions', body: upstreamRequest }],
    'ignored.txt': ignored,
    [answerFile]: answer,
  };
}

async function run(exchange: Exchange, pieces: number): Promise<Record<string, unknown>> {
  const { url } = await proxyIn(exchange.environment);
  upstream.requests.length = 0;
  upstream.answerWith(answerInPieces(exchange, pieces));
  const { status, ignored, answer } = exchange.isStream
    ? await converseStream(url, exchange)
    : await converse(url, exchange);
  return {
    status,
    'upstream-request.json': upstream.requests.map(({ method, path, body }) => ({ method, path, body })),
    'ignored.txt': ignored,
    [exchange.answerFile]: comparable(answer, exchange.answer),
  };
}

interface Heard {
  readonly status: number;
  readonly ignored: string | null;
  readonly answer: unknown;
}

async function converse(url: string, { path, converseRequest }: Exchange): Promise<Heard> {
  const response = await request(url).post(path).send(converseRequest as object); // JSON of a file
  expect(response.headers).toMatchObject({
    'content-type': 'application/json',
    'x-amzn-requestid': expect.stringMatching(REQUEST_ID),
  });
  const ignored = response.get('x-proxy-ignored-parameters') ?? null;
  return { status: response.status, ignored, answer: response.body };
}

async function converseStream(url: string, { path, converseRequest }: Exchange): Promise<Heard> {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(converseRequest) });
  const { status, headers } = response;
  const ignored = headers.get('x-proxy-ignored-parameters');
  if (status !== 200) return { status, ignored, answer: await response.json() };
  expect(headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
  expect(headers.get('x-amzn-requestid')).toMatch(REQUEST_ID);
  return { status, ignored, answer: decodeEventStream(await response.bytes()) };
}

/** One process for every environment of the cases, started when it is first needed. */
async function proxyIn(environment: Exchange['environment']): Promise<RunningProxy> {
  const key = JSON.stringify(environment);
  const proxy =
    proxies.get(key) ?? (await startProxy({ OPENAI_API_BASE: upstream.baseUrl, ...environment }));
  proxies.set(key, proxy);
  return proxy;
}
