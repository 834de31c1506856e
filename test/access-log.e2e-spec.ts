import { hash } from 'node:crypto';
import { chunk, errorBody, textChunks, textCompletion } from './support/answers.js';
import { Http2Client } from './support/http2-client.js';
import { LogLines, type LogLine } from './support/log-lines.js';
import { bearer, RoutedService, type RoutedFile } from './support/routed-service.js';
import {
  answerChunks,
  answerJson,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';

const FILE: RoutedFile = {
  upstreams: { first: {}, second: {} },
  models: [
    { match: '*claude*', route: [{ upstream: 'first', model: 'served' }, { upstream: 'second' }] },
    { match: 'sole', route: [{ upstream: 'first' }] },
  ],
  clients: [
    { name: 'team', bearerSha256: hash('sha256', 'key') },
    { name: 'limited', bearerSha256: hash('sha256', 'limited'), limits: { requestsPerMinute: 1 } },
    { name: 'narrow', bearerSha256: hash('sha256', 'narrow'), models: ['sole'] },
  ],
};
const REQUEST = {
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  guardrailConfig: { guardrailIdentifier: 'abcd', guardrailVersion: '1' },
};
const ok = answerJson(textCompletion('Hi'));
const fails = answerJson(errorBody('sorry'), 500);
const ANY_NUMBER = expect.any(Number) as number;
const ANY_TEXT = expect.any(String) as string;

const log = new LogLines();
let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(FILE, { LOG_LEVEL: 'trace' }, log);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  log.clear();
  service.answerWith({ first: ok, second: ok });
});

async function lineOf(answer: Promise<{ headers: Headers }>): Promise<LogLine> {
  return log.ofRequest((await answer).headers.get('x-amzn-requestid'));
}

const converse = (modelId: string, key = 'key') => service.converse(modelId, REQUEST, bearer(key));
const stream = async (modelId: string): Promise<Response> => {
  const response = await service.open(modelId, REQUEST, bearer('key'));
  await response.arrayBuffer();
  return response;
};

const breaksAfter = (...chunks: unknown[]): UpstreamScript => {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const each of chunks) response.write(toServerSentEvent(each));
    setImmediate(() => response.destroy());
  };
};

describe('The access log line of a request', () => {
  it('names client, operation, upstream and tokens', async () => {
    const line = await lineOf(converse('us.anthropic.claude-1'));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      requestId: ANY_TEXT,
      client: 'team',
      operation: 'converse',
      modelId: 'us.anthropic.claude-1',
      rule: '*claude*',
      upstream: 'first',
      model: 'served',
      attempts: 1,
      status: 200,
      stopReason: 'end_turn',
      inputTokens: 11,
      outputTokens: 7,
      durationMs: ANY_NUMBER,
      requestBytes: JSON.stringify(REQUEST).length,
      responseBytes: ANY_NUMBER,
      ignored: ['guardrailConfig'],
      msg: 'converse 200',
    });
  });

  it('contains the time of the first event of a stream', async () => {
    service.answerWith({ first: answerChunks(textChunks('Hel', 'lo')) });
    const line = await lineOf(stream('sole'));
    expect(line).toMatchObject({
      level: 'info',
      operation: 'converseStream',
      status: 200,
      stream: true,
      stopReason: 'end_turn',
      outputTokens: 7,
      msg: 'converseStream 200',
    });
    expect(line['firstEventMs']).toBeLessThanOrEqual(Number(line['durationMs']));
  });

  it('counts the bytes of a stream', async () => {
    service.answerWith({ first: answerChunks(textChunks('Hel', 'lo')) });
    const response = await service.open('sole', REQUEST, bearer('key'));
    const { byteLength } = await response.arrayBuffer();
    const line = await log.ofRequest(response.headers.get('x-amzn-requestid'));
    expect(line['responseBytes']).toBe(byteLength);
  });

  it('counts the bytes of a body without a content-length', async () => {
    const body = new Blob([JSON.stringify(REQUEST)]).stream();
    const response = await fetch(`${service.proxy.url}/model/sole/converse`, {
      method: 'POST',
      body,
      duplex: 'half',
      ...bearer('key'),
    });
    await response.arrayBuffer();
    const line = await log.ofRequest(response.headers.get('x-amzn-requestid'));
    expect(line['requestBytes']).toBe(JSON.stringify(REQUEST).length);
  });

  it('is written over HTTP/2 too', async () => {
    const client = new Http2Client(service.proxy.url);
    const { headers } = await client.post('/model/sole/converse', JSON.stringify(REQUEST), {
      authorization: 'Bearer key',
    });
    expect(await log.ofRequest(String(headers['x-amzn-requestid']))).toMatchObject({
      client: 'team',
      status: 200,
      requestBytes: JSON.stringify(REQUEST).length,
      responseBytes: Number(headers['content-length']),
    });
    await client.close();
  });

  it('lists the upstreams that failed before', async () => {
    service.answerWith({ first: fails });
    expect(await lineOf(converse('claude'))).toMatchObject({
      level: 'info',
      upstream: 'second',
      model: 'claude',
      attempts: 2,
      status: 200,
      failures: [{ upstream: 'first', outcome: 'error', status: 500 }],
    });
  });

  it('names the exception of a stream that failed', async () => {
    service.answerWith({ first: breaksAfter(chunk({ content: 'Hel' })) });
    expect(await lineOf(stream('sole'))).toMatchObject({
      level: 'error',
      status: 200,
      exception: 'ModelStreamErrorException',
      failures: [{ upstream: 'first', outcome: 'reset', message: ANY_TEXT }],
      msg: 'converseStream ModelStreamErrorException',
    });
  });

  it.each([
    ['fails', fails, 'error', 500, 'InternalServerException', { outcome: 'error', status: 500 }],
    [
      'is busy',
      answerJson(errorBody('wait', { code: 'rate_limit_exceeded' }), 429),
      'warn',
      429,
      'ThrottlingException',
      { outcome: 'throttled', status: 429, code: 'rate_limit_exceeded' },
    ],
    [
      'finds fault',
      answerJson(errorBody('no', { code: 'a sentence, not a word' }), 400),
      'warn',
      400,
      'ValidationException',
      { outcome: 'refused', status: 400 },
    ],
  ] as const)('of an upstream that %s', async (...of) => {
    const [, script, level, status, exception, failure] = of;
    service.answerWith({ first: script });
    const line = await lineOf(converse('sole'));
    expect(line).toMatchObject({ level, status, exception, msg: `converse ${exception}` });
    expect(line['failures']).toEqual([{ upstream: 'first', ...failure, path: '/v1/chat/completions' }]);
  });

  it.each([
    ['a key that nobody has', 'wrong', 'sole', 'bearer_key'],
    ['a model that is not the client’s', 'narrow', 'claude', 'model'],
  ])('contains the reason why a client with %s was refused', async (_, key, modelId, refusal) => {
    const line = await lineOf(converse(modelId, key));
    const exception = 'AccessDeniedException';
    expect(line).toMatchObject({ level: 'warn', operation: 'converse', status: 403, refusal, exception });
    expect(line['client']).toBe(key === 'wrong' ? undefined : key);
    expect(line['upstream']).toBeUndefined();
  });

  it('names the client that exceeds a limit', async () => {
    await converse('sole', 'limited');
    expect(await lineOf(converse('sole', 'limited'))).toMatchObject({
      level: 'warn',
      client: 'limited',
      modelId: 'sole',
      status: 429,
      exception: 'ThrottlingException',
    });
  });

  it('shows an unknown path without the query', async () => {
    const response = await fetch(`${service.proxy.url}/unknown/path?X-Amz-Signature=abc`);
    expect(await log.ofRequest(response.headers.get('x-amzn-requestid'))).toMatchObject({
      level: 'warn',
      method: 'GET',
      path: '/unknown/path',
      status: 404,
      msg: 'unknown UnknownOperationException',
    });
  });

  it('is not written for probes and scrapes', async () => {
    const { url, managementUrl } = service.proxy;
    for (const path of [`${url}/health/ready`, `${managementUrl}/health`, `${managementUrl}/metrics`]) {
      expect((await fetch(path)).status).toBe(200);
    }
    await lineOf(converse('sole'));
    expect(log.requests).toHaveLength(1);
  });
});

describe('The access log line of a client that disconnects', () => {
  const leaves = async (operation: string, script: UpstreamScript): Promise<LogLine> => {
    service.answerWith({ first: script });
    const leaving = new AbortController();
    const asked = service.upstream('first').requests.length + 1;
    const answer = fetch(`${service.proxy.url}/model/sole/${operation}`, {
      method: 'POST',
      body: JSON.stringify(REQUEST),
      signal: leaving.signal,
      ...bearer('key'),
    });
    void answer.then((response) => response.text()).catch(() => undefined);
    await service.upstream('first').received(asked);
    if (operation === 'converse-stream') await answer;
    leaving.abort();
    await answer.catch(() => undefined);
    return log.find((line) => line['clientLeft'] === true);
  };

  it('before the answer has status 499', async () => {
    const line = await leaves('converse', () => undefined);
    expect(line).toMatchObject({ level: 'info', status: 499, attempts: 1, msg: 'converse 499' });
    expect(line['exception']).toBeUndefined();
  });

  it('in the middle of a stream keeps its status', async () => {
    const line = await leaves('converse-stream', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'Hel' })));
    });
    expect(line).toMatchObject({ level: 'info', status: 200, stream: true, firstEventMs: ANY_NUMBER });
    expect(line['exception']).toBeUndefined();
  });
});
