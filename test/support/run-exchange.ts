import request from 'supertest';
import { decodeEventStream, type StreamEvent } from './event-stream.js';
import { answerInPieces, comparable, type Exchange } from './exchange.js';
import type { ScriptedUpstream } from './scripted-upstream.js';

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface RunningService {
  readonly url: string;
  readonly upstream: ScriptedUpstream;
}

/** By the names of the files, so that a difference says where it is. */
export function expectedExchange({
  upstreamRequest,
  answer,
  answerFile,
  ignored,
}: Exchange): Record<string, unknown> {
  return {
    status: 200,
    'upstream-request.json': [{ method: 'POST', path: '/v1/chat/completions', body: upstreamRequest }],
    'ignored.txt': ignored,
    [answerFile]: answer,
  };
}

/** @param pieces of the upstream's answer, which reach the proxy one by one */
export async function runExchange(
  exchange: Exchange,
  { url, upstream }: RunningService,
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
