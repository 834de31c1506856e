import { jest } from '@jest/globals';
import { errorBody, textCompletion } from './support/answers.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson, type UpstreamScript } from './support/scripted-upstream.js';

const FILE = {
  upstreams: { first: {}, second: {} },
  models: [
    { match: 'sole-*', route: [{ upstream: 'first' }] },
    { match: '*', route: [{ upstream: 'first' }, { upstream: 'second' }] },
  ],
};

const answers = answerJson(textCompletion('Hi'));
const fails = (status: number, headers = {}) => answerJson(errorBody('No'), status, headers);
const breaks: UpstreamScript = (_request, response) => response.destroy();

let service: RoutedService;
/** The time of the clock, which only the test changes. */
let nowMs: number;

/** Each test has its own model, so that the health of its upstream does not affect the next test. */
beforeEach(async () => {
  nowMs = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
  service = await RoutedService.start(FILE);
  service.answerWith({ first: answers, second: answers });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await service[Symbol.asyncDispose]();
});

describe('an upstream that sends Retry-After', () => {
  const later = fails(429, { 'retry-after': '30' });

  it('is skipped for that time', async () => {
    service.answerWith({ first: later });
    await service.converse('m');
    service.answerWith({ first: answers });
    await service.converse('m');
    expect(service.asked).toMatchObject({ first: 1, second: 2 });

    nowMs += 32_000;
    await service.converse('m');
    expect(service.asked).toMatchObject({ first: 2, second: 2 });
  });

  it('is called anyway if there is no other', async () => {
    service.answerWith({ first: later });
    expect((await service.converse('sole-1')).status).toBe(429);
    service.answerWith({ first: answers });
    expect((await service.converse('sole-1')).status).toBe(200);
  });

  it('like all others leaves no target to call', async () => {
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

describe('an upstream that fails repeatedly', () => {
  const ENOUGH = 10;

  it('is skipped, is tried with one request after a while, and is used again when that succeeds', async () => {
    service.answerWith({ first: fails(500) });
    for (let count = 0; count < ENOUGH + 5; count += 1) {
      expect((await service.converse('m')).status).toBe(200);
    }
    expect(service.asked).toMatchObject({ first: ENOUGH, second: ENOUGH + 5 });

    nowMs += 20_000;
    let failProbe: (() => void) | undefined;
    service.answerWith({
      first: (request, response) => (failProbe = () => fails(500)(request, response)),
    });
    const probe = service.converse('m');
    await service.upstream('first').received(ENOUGH + 1);
    expect((await service.converse('m')).status).toBe(200);
    expect(service.asked).toMatchObject({ first: ENOUGH + 1 });
    failProbe?.();
    expect((await probe).status).toBe(200);
    expect((await service.converse('m')).status).toBe(200);
    expect(service.asked).toMatchObject({ first: ENOUGH + 1 });

    nowMs += 20_000;
    service.answerWith({ first: answers });
    await service.converse('m');
    await service.converse('m');
    expect(service.asked).toMatchObject({ first: ENOUGH + 3 });
  });

  it('is not called if there is no other, and the answer has Retry-After', async () => {
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

  it.each([400, 429])('because it refuses single requests remains in use: %d', async (status) => {
    service.answerWith({ first: fails(status) });
    for (let count = 0; count < ENOUGH + 5; count += 1) await service.converse('sole-1');
    expect(service.asked).toMatchObject({ first: ENOUGH + 5 });
  });

  it('only by its status, because it refuses the request, remains in use, and no other is called', async () => {
    service.answerWith({ first: answerJson(errorBody('image input is not supported'), 500) });
    for (let count = 0; count < ENOUGH + 5; count += 1) {
      expect((await service.converse('m')).status).toBe(400);
    }
    expect(service.asked).toEqual({ first: ENOUGH + 5, second: 0 });
  });

  it('with one model remains in use for other models', async () => {
    service.answerWith({ first: fails(500) });
    for (let count = 0; count < ENOUGH + 1; count += 1) await service.converse('sole-1');
    expect(service.asked).toMatchObject({ first: ENOUGH });
    expect((await service.converse('sole-2')).status).toBe(500);
  });
});
