import { jest } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { chunk, errorBody, textChunks, textCompletion } from './support/answers.js';
import { RoutedService } from './support/routed-service.js';
import {
  answerChunks,
  answerJson,
  answerText,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';

const ROUTE = [
  { upstream: 'first', model: 'qwen' },
  { upstream: 'second', model: 'gpt' },
];
const FILE = {
  upstreams: {
    first: { dialect: 'vllm', timeoutMs: 100, firstEventTimeoutMs: 100 },
    second: { dialect: 'openai', timeoutMs: 100, firstEventTimeoutMs: 100 },
    gone: { baseUrl: 'http://127.0.0.1:1/v1' },
  },
  models: [
    { match: 'of-gone-*', route: [{ upstream: 'gone' }, ...ROUTE] },
    { match: 'sole-*', route: [{ upstream: 'first' }] },
    { match: '*', route: ROUTE },
  ],
};

const answers: UpstreamScript = (request, response) => {
  const { stream } = request.body as { stream?: boolean }; // a chat completion request
  const script = stream === true ? answerChunks(textChunks('Hi')) : answerJson(textCompletion('Hi'));
  return script(request, response);
};
const fails = (status: number, headers = {}) => answerJson(errorBody('No'), status, headers);
const silent: UpstreamScript = () => undefined;
const breaks: UpstreamScript = (_request, response) => response.destroy();
const begins = (...chunks: unknown[]): UpstreamScript => {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const part of chunks) response.write(toServerSentEvent(part));
  };
};

const HELLO = {
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  inferenceConfig: { maxTokens: 5 },
};

const END_OF_TURN = { messageStop: { stopReason: 'end_turn' } };

let service: RoutedService;

/** Each test its own: what one has taught the proxy about an upstream shall not matter to the next. */
beforeEach(async () => {
  service = await RoutedService.start(FILE);
  service.answerWith({ first: answers, second: answers });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await service[Symbol.asyncDispose]();
});

describe('the next target of a route answers', () => {
  it.each<[failure: string, script: UpstreamScript]>([
    ['408', fails(408)],
    ['429', fails(429)],
    ['429 for a quota', answerJson(errorBody('No', { code: 'insufficient_quota' }), 429)],
    ['500', fails(500)],
    ['502', fails(502)],
    ['503', fails(503)],
    ['529', fails(529)],
    ['401, which is about a key of ours', fails(401)],
    ['an error in a 200', answerJson(errorBody('No', { code: 503 }))],
    ['HTML', answerText('<html>login</html>', 200, 'text/html')],
    ['a broken connection', breaks],
    ['silence', silent],
  ])('after %s of the first', async (_, script) => {
    service.answerWith({ first: script });
    expect(await service.converse('m', HELLO)).toMatchObject({
      status: 200,
      body: { stopReason: 'end_turn' },
    });
    expect(await service.converseStream('m', HELLO)).toContainEqual(END_OF_TURN);
    expect(service.asked).toMatchObject({ first: 2, second: 2 });
  });

  it('after a first that nobody listens to', async () => {
    expect(await service.converse('of-gone-1')).toMatchObject({ status: 200 });
    expect(await service.converseStream('of-gone-1')).toContainEqual(END_OF_TURN);
    expect(service.asked).toMatchObject({ first: 2, second: 0 });
  });

  it.each<[failure: string, script: UpstreamScript]>([
    ['says only that it begins', begins(chunk({ role: 'assistant', content: '' }))],
    ['ends without an event', answerText('data: [DONE]\n\n', 200, 'text/event-stream')],
    ['begins with an error', begins({ error: { message: 'overloaded', code: 503 } })],
  ])('after a first stream that %s', async (_, script) => {
    service.answerWith({ first: script });
    expect(await service.converseStream('m')).toContainEqual(END_OF_TURN);
    expect(service.asked).toMatchObject({ first: 1, second: 1 });
  });

  it('to a request in its own dialect and for its own model', async () => {
    service.answerWith({ first: fails(500) });
    await service.converse('m', HELLO);
    expect(service.upstream('first').lastRequest?.body).toMatchObject({ model: 'qwen', max_tokens: 5 });
    expect(service.upstream('second').lastRequest?.body).toMatchObject({
      model: 'gpt',
      max_completion_tokens: 5,
    });
  });

  it('while its client waits, and not for one that has left', async () => {
    service.answerWith({ first: silent });
    const client = new AbortController();
    const answer = service.converse('m', HELLO, { signal: client.signal });
    await service.upstream('first').received(1);
    client.abort();
    await expect(answer).rejects.toThrow('aborted');
    await service.upstream('first').socketsDownTo(0);
    expect(service.asked).toMatchObject({ second: 0 });
  });
});

describe('no other target is asked', () => {
  it.each([
    [400, 400, 'ValidationException'],
    [413, 400, 'ValidationException'],
    [422, 400, 'ValidationException'],
    [403, 403, 'AccessDeniedException'],
  ])('after a refusal of what is asked: %d', async (upstreamStatus, status, name) => {
    service.answerWith({ first: fails(upstreamStatus) });
    const answer = await service.converse('m');
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-amzn-errortype')).toBe(name);
    expect((await service.open('m')).status).toBe(status);
    expect(service.asked).toMatchObject({ first: 2, second: 0 });
  });

  it('after what cannot be said to the first', async () => {
    const video = { video: { format: 'mp4', source: { bytes: 'AAAA' } } };
    const request = { messages: [{ role: 'user', content: [{ text: 'What is this?' }, video] }] };
    expect((await service.converse('of-gone-1', request)).status).toBe(400);
    expect((await service.open('of-gone-1', request)).status).toBe(400);
    expect(service.asked).toEqual({ first: 0, second: 0, gone: 0 });
  });

  it('after a 404 for the model', async () => {
    service.answerWith({ first: answerJson(errorBody('No', { code: 'model_not_found' }), 404) });
    expect(await service.converse('m')).toMatchObject({ status: 404 });
    expect(service.asked).toMatchObject({ second: 0 });
  });

  it('after a refusal of the prompt, which is an answer', async () => {
    service.answerWith({ first: answerJson(errorBody('No', { code: 'content_filter' }), 400) });
    expect(await service.converse('m')).toMatchObject({
      status: 200,
      body: { stopReason: 'content_filtered' },
    });
    expect(await service.converseStream('m')).toContainEqual({
      messageStop: { stopReason: 'content_filtered' },
    });
    expect(service.asked).toMatchObject({ second: 0 });
  });

  it('after the first event of a stream: what fails then is its last frame', async () => {
    let response: ServerResponse | undefined;
    service.answerWith({
      first: (request, answer) => {
        response = answer;
        return begins(chunk({ content: 'Hi' }))(request, answer);
      },
    });
    const stream = await service.open('m');
    response?.destroy();
    expect(await stream.text()).toContain('modelStreamErrorException');
    expect(service.asked).toMatchObject({ first: 1, second: 0 });
  });
});

describe('when all fail', () => {
  it('the error is that of the last', async () => {
    service.answerWith({ first: fails(500), second: fails(429, { 'retry-after': '7' }) });
    const { status, headers } = await service.converse('m');
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('7');
    expect((await service.open('m')).status).toBe(500);
  });

  it('one deadline holds for all of them', async () => {
    await using hurried = await RoutedService.start(
      { ...FILE, upstreams: { first: { timeoutMs: 40, firstEventTimeoutMs: 40 }, second: {}, gone: {} } },
      { ROUTE_TIMEOUT_MS: '250' },
    );
    expect(await hurried.converse('m')).toMatchObject({ status: 408 });
    expect((await hurried.open('m')).status).toBe(408);
    expect(hurried.asked).toMatchObject({ first: 2, second: 2 });

    hurried.answerWith({ first: silent });
    expect((await hurried.converse('of-gone-1')).status).toBe(408);
    expect(hurried.asked).toEqual({ first: 2, second: 2, gone: 1 });
  });
});

describe('an upstream that asks for time', () => {
  const later = fails(429, { 'retry-after': '30' });

  it('is passed over as long as it says', async () => {
    const now = Date.now();
    service.answerWith({ first: later });
    await service.converse('m');
    service.answerWith({ first: answers });
    await service.converse('m');
    expect(service.asked).toMatchObject({ first: 1, second: 2 });

    jest.spyOn(Date, 'now').mockImplementation(() => now + 32_000);
    await service.converse('m');
    expect(service.asked).toMatchObject({ first: 2, second: 2 });
  });

  it('is asked all the same where there is no other', async () => {
    service.answerWith({ first: later });
    expect((await service.converse('sole-1')).status).toBe(429);
    service.answerWith({ first: answers });
    expect((await service.converse('sole-1')).status).toBe(200);
  });

  it('as all others do leaves nobody to ask', async () => {
    service.answerWith({ first: later, second: fails(503, { 'retry-after': '5' }) });
    await service.converse('m');
    const { status, headers, body } = await service.converse('m');
    expect({ status, body }).toEqual({
      status: 503,
      body: { message: 'Bedrock is unable to process your request.' },
    });
    expect(headers.get('x-amzn-errortype')).toBe('ServiceUnavailableException');
    expect(headers.get('retry-after')).toBe('5');
    expect(service.asked).toMatchObject({ first: 1, second: 1 });
  });
});

describe('an upstream that fails again and again', () => {
  const ENOUGH = 10;

  it('is passed over, is tried by one request after a while, and is back when that goes well', async () => {
    const now = Date.now();
    service.answerWith({ first: fails(500) });
    for (let count = 0; count < ENOUGH + 5; count += 1) {
      expect((await service.converse('m')).status).toBe(200);
    }
    expect(service.asked).toMatchObject({ first: ENOUGH, second: ENOUGH + 5 });

    jest.spyOn(Date, 'now').mockImplementation(() => now + 20_000);
    service.answerWith({ first: silent });
    const probe = service.converse('m');
    await service.upstream('first').received(ENOUGH + 1);
    expect((await service.converse('m')).status).toBe(200);
    expect(service.asked).toMatchObject({ first: ENOUGH + 1 });
    expect((await probe).status).toBe(200);

    jest.spyOn(Date, 'now').mockImplementation(() => now + 40_000);
    service.answerWith({ first: answers });
    await service.converse('m');
    await service.converse('m');
    expect(service.asked).toMatchObject({ first: ENOUGH + 3 });
  });

  it('is not asked at all where there is no other, and the answer says when to come back', async () => {
    service.answerWith({ first: breaks });
    for (let count = 0; count < ENOUGH; count += 1) {
      expect((await service.converse('sole-1')).status).toBe(500);
    }
    const { status, headers } = await service.converse('sole-1');
    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(9);
    expect((await service.open('sole-1')).status).toBe(503);
    expect(service.asked).toMatchObject({ first: ENOUGH });
  });

  it.each([400, 429])('by refusals of single requests stays in use: %d', async (status) => {
    service.answerWith({ first: fails(status) });
    for (let count = 0; count < ENOUGH + 5; count += 1) await service.converse('sole-1');
    expect(service.asked).toMatchObject({ first: ENOUGH + 5 });
  });

  it('with one model stays in use for the others', async () => {
    service.answerWith({ first: fails(500) });
    for (let count = 0; count < ENOUGH + 1; count += 1) await service.converse('sole-1');
    expect(service.asked).toMatchObject({ first: ENOUGH });
    expect((await service.converse('sole-2')).status).toBe(500);
  });
});
