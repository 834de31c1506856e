import request from 'supertest';
import { decodeEventStream, type StreamEvent } from './support/event-stream.js';
import { answerInPieces, comparable, type Exchange, readExchanges } from './support/exchange.js';
import { Service } from './support/service.js';

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** For most streams here this gives pieces of one to five bytes. */
const MANY_PIECES = 500;

const BY_ENVIRONMENT = Map.groupBy(readExchanges(), ({ environment }) => JSON.stringify(environment));

describe.each([...BY_ENVIRONMENT])('an exchange with %s', (_, exchanges) => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start(exchanges[0]?.environment);
  });

  afterAll(() => service[Symbol.asyncDispose]());

  it.each(exchanges)('is as recorded: $name', async (exchange) => {
    expect(await run(exchange, service, 1)).toEqual(expected(exchange));
    if (!exchange.isStream) return;
    // the split of the upstream's bytes must not matter
    expect(await run(exchange, service, MANY_PIECES)).toEqual(expected(exchange));
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

async function run(
  exchange: Exchange,
  { url, upstream }: Service,
  pieces: number,
): Promise<Record<string, unknown>> {
  upstream.requests.length = 0;
  upstream.answerWith(answerInPieces(exchange, pieces));
  const heard = exchange.isStream ? await converseStream(url, exchange) : await converse(url, exchange);
  return {
    status: heard.status,
    'upstream-request.json': upstream.requests.map(({ method, path, body }) => ({ method, path, body })),
    'ignored.txt': heard.ignored?.split(',').toSorted() ?? [],
    [exchange.answerFile]: comparable(heard.answer, exchange.answer),
  };
}

interface Heard {
  readonly status: number;
  readonly ignored: string | null;
  readonly answer: unknown;
}

async function converse(url: string, { path, clientRequest }: Exchange): Promise<Heard> {
  const response = await request(url).post(path).send(clientRequest);
  expect(response.headers).toMatchObject({
    'content-type': 'application/json',
    'x-amzn-requestid': expect.stringMatching(REQUEST_ID),
  });
  const ignored = response.get('x-proxy-ignored-parameters') ?? null;
  return { status: response.status, ignored, answer: response.body };
}

async function converseStream(url: string, { path, clientRequest }: Exchange): Promise<Heard> {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(clientRequest) });
  const { status, headers } = response;
  const ignored = headers.get('x-proxy-ignored-parameters');
  if (status !== 200) return { status, ignored, answer: await response.json() };
  expect(headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
  expect(headers.get('x-amzn-requestid')).toMatch(REQUEST_ID);
  return { status, ignored, answer: decodeEventStream(await response.bytes()).map(toChunk) };
}

/** The chunk that an event of InvokeModel carries; any other event as it is. */
function toChunk(event: StreamEvent): unknown {
  const { bytes } = (event['chunk'] ?? {}) as { bytes?: string }; // the payload of an event is an object
  return bytes === undefined ? event : JSON.parse(Buffer.from(bytes, 'base64').toString());
}
