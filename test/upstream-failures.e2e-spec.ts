import { chunk } from './support/answers.js';
import { decodeEventStream } from './support/event-stream.js';
import { freePort } from './support/free-port.js';
import { sendRaw, type RawResponse } from './support/raw-request.js';
import {
  answerJson,
  answerText,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { CONNECTION_BREAK, NO_ANSWERS, STREAMS_WITHOUT_CONTENT } from './upstream-failures/answers.js';
import { internal, timedOut, UNEXPECTED, type Failure } from './upstream-failures/failure.js';
import { STATUSES } from './upstream-failures/statuses.js';

const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello.' }] }] });
const OPERATIONS = ['converse', 'converse-stream'] as const;
type Operation = (typeof OPERATIONS)[number];

/** Internal details that clients must not see. */
const SECRETS = /\b(?:sk|org|proj)[-_]\w|127\.0\.0\.1|10\.0\.0\.7|internal:|\.py\b|<\w|ECONN|secret/i;
const BROKEN_OFF = 'An error occurred while streaming the response. Retry your request.';
const TEXT = toServerSentEvent(chunk({ content: 'Hel' }));
const SAID = [
  { messageStart: { role: 'assistant' } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hel' } } },
];
const SHORT = {
  UPSTREAM_TIMEOUT_MS: '80',
  UPSTREAM_FIRST_EVENT_TIMEOUT_MS: '80',
};
/** Waits for the first event without a limit, but not for the second. */
const SHORT_IDLE = { UPSTREAM_IDLE_TIMEOUT_MS: '80' };

const breaks: UpstreamScript = async (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await new Promise((resolve) => void response.write(TEXT, resolve));
  response.socket?.destroy();
};

const fallsSilent: UpstreamScript = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(TEXT);
};

const sendsComments: UpstreamScript = (request, response) => {
  fallsSilent(request, response);
  const comments = setInterval(() => void response.write(': keep-alive\n\n'), 10);
  response.once('close', () => clearInterval(comments));
};

let service: Service;
let hasty: Service;
let restless: Service;
let models = 0;

beforeAll(async () => {
  service = await Service.start({ OPENAI_API_KEY: 'sk-proj-own' });
  hasty = await Service.start(SHORT);
  restless = await Service.start(SHORT_IDLE);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await hasty[Symbol.asyncDispose]();
  await restless[Symbol.asyncDispose]();
});

describe.each(OPERATIONS)('%s', (operation) => {
  it.each([...STATUSES, ...NO_ANSWERS])(
    'is answered as a failure of the upstream: $name',
    async (failure) => {
      await expectFailure(service, operation, failure);
    },
  );

  it('fails when a new connection breaks, and is sent once more when a reused one does', async () => {
    await using fresh = await Service.start({ OPENAI_API_KEY: 'sk-proj-own' });
    await expectFailure(fresh, operation, CONNECTION_BREAK);
    fresh.upstream.answerWith(answerText('{}'));
    await ask(fresh.url, operation);
    await expectFailure(fresh, operation, { ...CONNECTION_BREAK, requests: 2 });
  });

  it.each([
    [
      'Azure',
      400,
      { code: 'content_filter', param: 'prompt', innererror: { code: 'ResponsibleAIPolicyViolation' } },
    ],
    ['OpenAI', 400, { code: 'content_policy_violation' }],
    ['OpenRouter', 403, { message: 'This model requires moderation and your input was flagged', code: 403 }],
  ])('is answered without content when the policy of %s refuses the prompt', async (_, status, details) => {
    service.upstream.answerWith(
      answerJson({ error: { message: 'Refused.', type: null, ...details } }, status),
    );
    const answer = await ask(service.url, operation);
    const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
    const metadata = { usage, metrics: { latencyMs: expect.any(Number) } };
    const refused =
      operation === 'converse'
        ? {
            output: { message: { role: 'assistant', content: [] } },
            stopReason: 'content_filtered',
            ...metadata,
          }
        : [
            { messageStart: { role: 'assistant' } },
            { messageStop: { stopReason: 'content_filtered' } },
            { metadata },
          ];
    expect({ status: answer.status, answer: read(operation, answer) }).toEqual({
      status: 200,
      answer: refused,
    });
  });

  it('fails when no server listens at the address of the upstream', async () => {
    await using unreachable = await Service.start({
      OPENAI_API_BASE: `http://127.0.0.1:${await freePort()}/v1`,
    });
    expectError(await ask(unreachable.url, operation), internalError(' The upstream could not be reached.'));
  });

  it('fails when the upstream does not support TLS', async () => {
    const OPENAI_API_BASE = service.upstream.baseUrl.replace('http:', 'https:');
    await using insecure = await Service.start({ OPENAI_API_BASE });
    expectError(await ask(insecure.url, operation), internalError(' The upstream could not be reached.'));
  });

  it.each([
    ['that says nothing', () => undefined],
    ['that sends a head and no body', (_, response) => response.writeHead(200).flushHeaders()],
    ['that begins and does not go on', (_, response) => void response.writeHead(200).write(': wait\n\n')],
  ] satisfies [string, UpstreamScript][])('fails in time with an upstream %s', async (_, script) => {
    const [status, errorType, message] = timedOut;
    hasty.upstream.answerWith(script);
    expectError(await ask(hasty.url, operation), { status, errorType, message });
    await hasty.upstream.socketsDownTo(0);
  });
});

describe('converse-stream before its first event', () => {
  it.each(STREAMS_WITHOUT_CONTENT)('is an ordinary error: $name', async (failure) => {
    await expectFailure(service, 'converse-stream', failure);
  });
});

describe('converse-stream after its first event', () => {
  it.each([
    ['a connection that breaks', () => service, breaks],
    ['an upstream that falls silent', () => restless, fallsSilent],
    ['an upstream that sends nothing but comments', () => restless, sendsComments],
  ] as const)('ends with an exception: %s', async (_, chosen, script) => {
    const { upstream, url } = chosen();
    upstream.answerWith(script);
    const answer = await ask(url, 'converse-stream');
    const exception = { modelStreamErrorException: { message: BROKEN_OFF, originalStatusCode: 500 } };
    expect(decodeEventStream(answer.body)).toEqual([...SAID, exception]);
    await upstream.socketsDownTo(0);
  });

  it('does not show internal details to the client', async () => {
    const message = 'Worker at http://10.0.0.7:8000 lost key sk-proj-abc for org-Abc1';
    service.upstream.answerWith((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(TEXT + toServerSentEvent({ error: { message, code: 502 } }));
    });
    const answer = await ask(service.url, 'converse-stream');
    const originalMessage = 'Worker at [redacted] lost key [redacted] for [redacted]';
    const fields = { message: BROKEN_OFF, originalStatusCode: 502, originalMessage };
    expect(decodeEventStream(answer.body)).toEqual([...SAID, { modelStreamErrorException: fields }]);
  });
});

async function expectFailure(
  { upstream, url }: Service,
  operation: Operation,
  { requests = 1, ...failure }: Failure,
): Promise<void> {
  upstream.requests.length = 0;
  upstream.answerWith(failure.script);
  expectError(await ask(url, operation), failure);
  expect(upstream.requests).toHaveLength(requests);
}

function expectError(answer: RawResponse, expected: Omit<Failure, 'name' | 'script' | 'requests'>): void {
  const { status, errorType, message, fields, headers = {} } = expected;
  const ofTheModel = fields && { ...fields, resourceName: `test.model-${models}` };
  const wanted = Object.fromEntries(Object.keys(headers).map((name) => [name, answer.headers[name] ?? null]));
  expect({
    status: answer.status,
    errorType: answer.headers['x-amzn-errortype'],
    contentType: answer.headers['content-type'],
    headers: wanted,
    body: JSON.parse(answer.body.toString()) as unknown,
  }).toEqual({
    status,
    errorType,
    contentType: 'application/json',
    headers,
    body: { message, ...ofTheModel },
  });
  expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.body.toString() + JSON.stringify(wanted)).not.toMatch(SECRETS);
}

function internalError(more: string): Omit<Failure, 'name' | 'script' | 'requests'> {
  const [status, errorType] = internal();
  return { status, errorType, message: `${UNEXPECTED}${more}` };
}

/** Uses a model of its own, because the health of its upstream must not affect the next test. */
function ask(url: string, operation: Operation): Promise<RawResponse> {
  models += 1;
  return sendRaw(url, { path: `/model/test.model-${models}/${operation}`, body: BODY });
}

function read(operation: Operation, { body }: RawResponse): unknown {
  return operation === 'converse' ? JSON.parse(body.toString()) : decodeEventStream(body);
}
