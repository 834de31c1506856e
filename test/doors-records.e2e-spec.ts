import { hash } from 'node:crypto';
import { errorBody } from './support/answers.js';
import { answersWith, begins, type Door, DOORS, knock, MODEL, PROMPT, STREAMS } from './support/doors.js';
import { LogLines, type LogLine } from './support/log-lines.js';
import { RoutedService, type RoutedFile } from './support/routed-service.js';
import { Scrape } from './support/scrape.js';
import {
  answerJson,
  answerText,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';

const KEY = 'brp_TEAM_of-the-client';
const ANSWER = 'walrus-of-the-answer';
const UPSTREAM_KEY = 'sk-upstream0123456789abcdef';
const SECRETS = [KEY, PROMPT, ANSWER, UPSTREAM_KEY];
const SAID = SECRETS.join(' ');
const FILE: RoutedFile = {
  upstreams: { first: { dialect: 'vllm' } },
  models: [{ match: 'so*', route: [{ upstream: 'first', model: 'served' }] }],
  clients: [{ name: 'team', bearerSha256: hash('sha256', KEY) }],
};
const GEN_AI = {
  gen_ai_operation_name: 'chat',
  gen_ai_provider_name: 'vllm',
  gen_ai_request_model: 'served',
  gen_ai_original_model: 'so*',
};

const named = (doors: readonly Door[]): [string, Door][] => doors.map((door) => [door.name, door]);
const log = new LogLines();
let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(FILE, { LOG_LEVEL: 'trace' }, log);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => log.clear());

/** Asks at a door, with the key in each header that clients use, and waits for the line of the request. */
async function lineOf(door: Door, script: UpstreamScript): Promise<LogLine> {
  service.answerWith({ first: script });
  const isAnthropic = door.operation === 'createMessage';
  const headers: Record<string, string> = isAnthropic
    ? { 'x-api-key': KEY }
    : { authorization: `Bearer ${KEY}`, 'x-api-key': KEY };
  const response = await knock(service.proxy.url, door, undefined, { headers });
  await response.bytes();
  return log.ofRequest(response.headers.get('x-amzn-requestid'));
}

const secretsInLog = (): string[] => SECRETS.filter((secret) => log.text.includes(secret));

/** What the metrics say of a door's operation: answers without a fault, and tokens of all operations. */
async function counted({ operation }: Door): Promise<Record<string, number>> {
  const metrics = await Scrape.of(service.proxy.managementUrl);
  const tokens = (type: string) =>
    metrics
      .series('gen_ai_client_token_usage_sum', { ...GEN_AI, gen_ai_token_type: type })
      .reduce((sum, { value }) => sum + value, 0);
  const requests = metrics.value('proxy_requests_total', { operation, status: '200', exception: '' }) ?? 0;
  return { requests, input: tokens('input'), output: tokens('output') };
}

describe('An answer', () => {
  it.each(named(DOORS))('of %s is in the access log and in the metrics', async (_, door) => {
    const before = await counted(door);
    const line = await lineOf(door, answersWith(ANSWER));
    expect(line).toMatchObject({
      level: 'info',
      client: 'team',
      operation: door.operation,
      modelId: MODEL,
      rule: 'so*',
      upstream: 'first',
      model: 'served',
      attempts: 1,
      status: 200,
      inputTokens: 11,
      outputTokens: 7,
      requestBytes: JSON.stringify(door.body).length,
      msg: `${door.operation} 200`,
    });
    expect([line['stream'], typeof line['firstEventMs']]).toEqual(
      door.isStream ? [true, 'number'] : [undefined, 'undefined'],
    );
    expect(await counted(door)).toEqual({
      requests: (before['requests'] ?? 0) + 1,
      input: (before['input'] ?? 0) + 11,
      output: (before['output'] ?? 0) + 7,
    });
    expect(secretsInLog()).toEqual([]);
  });
});

describe('A failure', () => {
  it.each<[string, UpstreamScript, string]>([
    ['a refusal', answerJson(errorBody(SAID), 400), 'ValidationException'],
    ['a refused key', answerJson(errorBody(SAID), 401), 'InternalServerException'],
    ['too many', answerJson(errorBody(SAID, { code: SAID, type: SAID }), 429), 'ThrottlingException'],
    ['a page', answerText(`<html>${SAID}</html>`, 200, 'text/html'), 'ModelErrorException'],
  ])('that is %s is logged at every door by its name alone', async (_, script, exception) => {
    const lines = [];
    for (const door of DOORS) lines.push(await lineOf(door, script));
    expect(lines.map((line) => [line['operation'], line['exception']])).toEqual(
      DOORS.map(({ operation }) => [operation, exception]),
    );
    expect(secretsInLog()).toEqual([]);
  });

  it.each(named(STREAMS))('in a stream of %s is logged by its name alone', async (_, door) => {
    const breaks = begins(ANSWER, (_request, response) => response.end(toServerSentEvent(errorBody(SAID))));
    expect(await lineOf(door, breaks)).toMatchObject({
      level: 'error',
      operation: door.operation,
      status: 200,
      stream: true,
      exception: 'ModelStreamErrorException',
    });
    expect(secretsInLog()).toEqual([]);
  });

  it.each(named(DOORS))('of a body that nobody reads is logged without it: %s', async (_, door) => {
    const init = { headers: { authorization: `Bearer ${KEY}` }, body: `{"messages": "${SAID}` };
    const response = await knock(service.proxy.url, door, undefined, init);
    await response.bytes();
    expect(await log.ofRequest(response.headers.get('x-amzn-requestid'))).toMatchObject({
      operation: door.operation,
      status: 400,
      exception: 'ValidationException',
    });
    expect(secretsInLog()).toEqual([]);
  });
});
