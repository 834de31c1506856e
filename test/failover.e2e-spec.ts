import type { ServerResponse } from 'node:http';
import { jest } from '@jest/globals';
import { chunk, errorBody, textChunks, textCompletion } from './support/answers.js';
import { holdTimers } from './support/held-timers.js';
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
const HURRIED_MS = 50;
const ROUTE_TIMEOUT_MS = 250;
const FILE = {
  upstreams: {
    first: { dialect: 'vllm' },
    second: { dialect: 'openai' },
    hurried: { timeoutMs: HURRIED_MS, firstEventTimeoutMs: HURRIED_MS },
    gone: { baseUrl: 'http://127.0.0.1:1/v1' },
  },
  models: [
    { match: 'of-hurried-*', route: [{ upstream: 'hurried' }, { upstream: 'second' }] },
    { match: 'of-gone-*', route: [{ upstream: 'gone' }, ...ROUTE] },
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
  jest.useRealTimers();
  await service[Symbol.asyncDispose]();
});

describe('the next target of a route is called', () => {
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
  ])('after %s of the first target', async (_, script) => {
    service.answerWith({ first: script });
    expect(await service.converse('m', HELLO)).toMatchObject({
      status: 200,
      body: { stopReason: 'end_turn' },
    });
    expect(await service.converseStream('m', HELLO)).toContainEqual(END_OF_TURN);
    expect(service.asked).toMatchObject({ first: 2, second: 2 });
  });

  it.each<[silence: string, script: UpstreamScript]>([
    ['says nothing', silent],
    ['says only that it begins', begins(chunk({ role: 'assistant', content: '' }))],
  ])('after a first target that %s in time', async (_, script) => {
    service.answerWith({ hurried: script });
    holdTimers();
    const answer = service.converse('of-hurried-1');
    await service.upstream('hurried').received(1);
    jest.advanceTimersByTime(HURRIED_MS);
    expect(await answer).toMatchObject({ status: 200 });

    const events = service.converseStream('of-hurried-1');
    await service.upstream('hurried').received(2);
    jest.advanceTimersByTime(HURRIED_MS);
    expect(await events).toContainEqual(END_OF_TURN);
    expect(service.asked).toMatchObject({ hurried: 2, second: 2 });
  });

  it('after a first target without a server', async () => {
    expect(await service.converse('of-gone-1')).toMatchObject({ status: 200 });
    expect(await service.converseStream('of-gone-1')).toContainEqual(END_OF_TURN);
    expect(service.asked).toMatchObject({ first: 2, second: 0 });
  });

  it.each<[failure: string, script: UpstreamScript]>([
    ['ends without an event', answerText('data: [DONE]\n\n', 200, 'text/event-stream')],
    ['begins with an error', begins({ error: { message: 'overloaded', code: 503 } })],
  ])('after a first stream that %s', async (_, script) => {
    service.answerWith({ first: script });
    expect(await service.converseStream('m')).toContainEqual(END_OF_TURN);
    expect(service.asked).toMatchObject({ first: 1, second: 1 });
  });

  it('in its own dialect and for its own model', async () => {
    service.answerWith({ first: fails(500) });
    await service.converse('m', HELLO);
    expect(service.upstream('first').lastRequest?.body).toMatchObject({ model: 'qwen', max_tokens: 5 });
    expect(service.upstream('second').lastRequest?.body).toMatchObject({
      model: 'gpt',
      max_completion_tokens: 5,
    });
  });

  it('while the client waits, but not for one that has disconnected', async () => {
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

describe('no other target is called', () => {
  it.each([
    [400, 400, 'ValidationException'],
    [413, 400, 'ValidationException'],
    [422, 400, 'ValidationException'],
    [403, 403, 'AccessDeniedException'],
  ])('after a refusal of the request: %d', async (upstreamStatus, status, name) => {
    service.answerWith({ first: fails(upstreamStatus) });
    const answer = await service.converse('m');
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-amzn-errortype')).toBe(name);
    expect((await service.open('m')).status).toBe(status);
    expect(service.asked).toMatchObject({ first: 2, second: 0 });
  });

  it('after content that cannot be translated for the first', async () => {
    const video = { video: { format: 'mp4', source: { bytes: 'AAAA' } } };
    const request = { messages: [{ role: 'user', content: [{ text: 'What is this?' }, video] }] };
    expect((await service.converse('of-gone-1', request)).status).toBe(400);
    expect((await service.open('of-gone-1', request)).status).toBe(400);
    expect(service.asked).toEqual({ first: 0, second: 0, gone: 0, hurried: 0 });
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

  it('after the first event of a stream: a later failure is its last frame', async () => {
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

describe('when all targets fail', () => {
  it('the error is that of the last', async () => {
    service.answerWith({ first: fails(500), second: fails(429, { 'retry-after': '7' }) });
    const { status, headers } = await service.converse('m');
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('7');
    expect((await service.open('m')).status).toBe(500);
  });

  it('one deadline holds for all of them', async () => {
    await using late = await RoutedService.start(FILE, { ROUTE_TIMEOUT_MS: String(ROUTE_TIMEOUT_MS) });
    holdTimers();
    const afterBoth = async (answer: Promise<{ status: number }>, calls: number): Promise<number> => {
      await late.upstream('hurried').received(calls);
      jest.advanceTimersByTime(HURRIED_MS);
      await late.upstream('second').received(calls);
      jest.advanceTimersByTime(ROUTE_TIMEOUT_MS - HURRIED_MS);
      return (await answer).status;
    };
    expect(await afterBoth(late.converse('of-hurried-1'), 1)).toBe(408);
    expect(await afterBoth(late.open('of-hurried-1'), 2)).toBe(408);
    expect(late.asked).toMatchObject({ hurried: 2, second: 2 });

    const answer = late.converse('m');
    await late.upstream('first').received(1);
    jest.advanceTimersByTime(ROUTE_TIMEOUT_MS);
    expect((await answer).status).toBe(408);
    expect(late.asked).toMatchObject({ first: 1, second: 2 });
  });
});
