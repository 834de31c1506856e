import { jest } from '@jest/globals';
import { ResponseMapper } from '../src/translation/response/response.mapper.js';
import { chunk, errorBody, textChunks, textCompletion, toolCallsCompletion } from './support/answers.js';
import { GuardedService, TEAM_A, TEAM_A_BEARER } from './support/guarded-service.js';
import { LogLines } from './support/log-lines.js';
import {
  answerChunks,
  answerJson,
  answerText,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';
import {
  ANSWER,
  COOKIE,
  CREDENTIALS,
  PROMPT,
  SESSION_TOKEN,
  SIGNATURE,
  UPSTREAM_KEY,
} from './support/secrets.js';
import { sendOverWire, signedRequest } from './support/signed-request.js';

const SECRETS = [PROMPT, ANSWER, ...CREDENTIALS];
const FULL = {
  system: [{ text: PROMPT }],
  messages: [
    {
      role: 'user',
      content: [
        { text: PROMPT },
        { document: { name: 'notes', format: 'txt', source: { text: PROMPT } } },
        { guardContent: { text: { text: PROMPT } } },
      ],
    },
    { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'f', input: { [PROMPT]: PROMPT } } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ json: { a: PROMPT } }] } }] },
  ],
  toolConfig: {
    tools: [{ toolSpec: { name: 'f', description: PROMPT, inputSchema: { json: { type: 'object' } } } }],
  },
  inferenceConfig: { stopSequences: [PROMPT] },
  promptVariables: { a: { text: PROMPT } },
  requestMetadata: { a: PROMPT },
  additionalModelRequestFields: { user: PROMPT },
};
const HELLO = { messages: [{ role: 'user', content: [{ text: PROMPT }] }] };

const log = new LogLines();
let service: GuardedService;

beforeAll(async () => {
  service = await GuardedService.start({}, { LOG_LEVEL: 'trace' }, log);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => log.clear());

/** Sends a request with secrets in every possible place, and waits for its log line. */
async function call(operation: string, body: unknown, headers: Record<string, string> = {}): Promise<string> {
  const query = `X-Amz-Security-Token=${SESSION_TOKEN}&X-Amz-Signature=${SIGNATURE}`;
  const response = await fetch(`${service.url}/model/claude/${operation}?${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${TEAM_A_BEARER}`,
      'x-amz-security-token': SESSION_TOKEN,
      cookie: COOKIE,
      'x-custom': PROMPT,
      tracestate: `a=${PROMPT}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.arrayBuffer().catch(() => undefined);
  const line = await log.ofRequest(response.headers.get('x-amzn-requestid'));
  return `${String(line['status'])} ${String(line['exception'])}`;
}

function secretsInLog(): string[] {
  return SECRETS.filter((secret) => log.text.includes(secret));
}

const breaks: UpstreamScript = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(toServerSentEvent(chunk({ content: ANSWER })));
  response.write(toServerSentEvent(errorBody(`${PROMPT} ${UPSTREAM_KEY}`)));
  response.end();
};
const said = `${PROMPT} ${ANSWER} ${UPSTREAM_KEY} Bearer ${UPSTREAM_KEY}`;

describe('No secret, no prompt and no answer is in the log', () => {
  it.each<[string, UpstreamScript, unknown, string]>([
    ['an answer', answerJson(textCompletion(ANSWER)), FULL, '200 undefined'],
    [
      'a tool call',
      answerJson(toolCallsCompletion({ id: 'c', name: 'f', arguments: { a: ANSWER } })),
      FULL,
      '200 undefined',
    ],
    ['a refusal', answerJson(errorBody(said), 400), FULL, '400 ValidationException'],
    ['a refused key', answerJson(errorBody(said), 401), FULL, '500 InternalServerException'],
    [
      'too many',
      answerJson(errorBody(said, { code: said, type: said }), 429),
      FULL,
      '429 ThrottlingException',
    ],
    ['a failure', answerJson(errorBody(said), 500), FULL, '500 InternalServerException'],
    ['a page', answerText(`<html>${said}</html>`, 200, 'text/html'), FULL, '424 ModelErrorException'],
    ['broken JSON', answerText(`{"a":"${said}`), FULL, '424 ModelErrorException'],
    ['an answer that nobody reads', answerText(''), `{"messages": "${PROMPT}`, '400 ValidationException'],
    ['a wrong member', answerText(''), { messages: PROMPT }, '400 ValidationException'],
    [
      'a wrong document',
      answerText(''),
      { messages: [{ role: PROMPT, content: [{ text: 7 }] }] },
      '400 ValidationException',
    ],
  ])('of Converse with %s', async (_, script, body, outcome) => {
    service.upstream.answerWith(script);
    expect(await call('converse', body)).toBe(outcome);
    expect(secretsInLog()).toEqual([]);
  });

  it.each([TEAM_A_BEARER, 'sk-ant-api03-of-somebody-else'])(
    "of Anthropic's door with the key %s in a header of its own",
    async (key) => {
      service.upstream.answerWith(answerJson(textCompletion(ANSWER)));
      const response = await fetch(`${service.url}/v1/messages?key=${key}`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'x-custom': key },
        body: JSON.stringify({
          model: 'claude',
          max_tokens: 5,
          messages: [{ role: 'user', content: PROMPT }],
        }),
      });
      await response.arrayBuffer();
      await log.ofRequest(response.headers.get('x-amzn-requestid'));
      expect(response.status).toBe(key === TEAM_A_BEARER ? 200 : 401);
      expect(log.text).not.toContain(key);
      expect(secretsInLog()).toEqual([]);
    },
  );

  it.each<[string, object[]]>([
    ['a result that is missing', [{ toolUse: { toolUseId: SIGNATURE, name: 'f', input: {} } }]],
    [
      'an id that stands twice',
      [1, 2].map(() => ({ toolUse: { toolUseId: SIGNATURE, name: 'f', input: {} } })),
    ],
    [
      'a block that cannot be there',
      [{ document: { name: PROMPT, format: 'txt', source: { text: PROMPT } } }],
    ],
  ])('of a request that is refused for %s', async (_, content) => {
    const messages = [...HELLO.messages, { role: 'assistant', content }, ...HELLO.messages];
    expect(await call('converse', { messages })).toBe('400 ValidationException');
    expect(secretsInLog()).toEqual([]);
  });

  it.each<[string, UpstreamScript, string]>([
    ['an answer', answerChunks(textChunks(ANSWER, ANSWER)), '200 undefined'],
    ['an error in the stream', breaks, '200 ModelStreamErrorException'],
    ['a failure', answerJson(errorBody(said), 503), '503 ServiceUnavailableException'],
    ['garbage', answerText(`data: {"${said}\n\n`, 200, 'text/event-stream'), '424 ModelErrorException'],
  ])('of ConverseStream with %s', async (_, script, outcome) => {
    service.upstream.answerWith(script);
    expect(await call('converse-stream', FULL)).toBe(outcome);
    expect(secretsInLog()).toEqual([]);
  });

  it.each([
    ['a wrong key', `Bearer ${TEAM_A_BEARER}x`],
    ['no scheme', UPSTREAM_KEY],
    ['another scheme', `Basic ${SIGNATURE}`],
    ['half a signature', `AWS4-HMAC-SHA256 Credential=${TEAM_A.accessKeyId}, Signature=${SIGNATURE}`],
  ])('of a client with %s', async (_, authorization) => {
    expect(await call('converse', HELLO, { authorization })).toMatch(/^40[03] /);
    expect(secretsInLog()).toEqual([]);
  });

  it.each([
    ['right', TEAM_A.secretAccessKey, 200],
    ['wrong', SIGNATURE, 403],
  ])('of a request whose signature is %s', async (_, secretAccessKey, status) => {
    service.upstream.answerWith(answerJson(textCompletion(ANSWER)));
    const host = `127.0.0.1:${service.proxy.port}`;
    const request = await signedRequest({ host, secretAccessKey, body: JSON.stringify(HELLO) });
    const signature = /Signature=(\w+)/.exec(JSON.stringify(request.headers))?.[1] ?? '';
    expect(signature).toHaveLength(64);
    expect((await sendOverWire(service.proxy.port, request)).status).toBe(status);
    expect(await log.find((line) => line['status'] === status)).toBeDefined();
    expect([...SECRETS, signature].filter((secret) => log.text.includes(secret))).toEqual([]);
  });

  it('of an unknown path', async () => {
    const response = await fetch(`${service.url}/v1/${UPSTREAM_KEY}?a=${PROMPT}`);
    await log.ofRequest(response.headers.get('x-amzn-requestid'));
    expect(secretsInLog()).toEqual([]);
  });

  it('of an exception in the proxy, of which the log has the stack', async () => {
    service.upstream.answerWith(answerJson(textCompletion(ANSWER)));
    jest.spyOn(ResponseMapper.prototype, 'map').mockImplementation(() => {
      const quoted = `"${PROMPT}" is not "${ANSWER}"; Bearer ${UPSTREAM_KEY}`;
      throw new TypeError(quoted, {
        cause: Object.assign(new Error(quoted), { code: 'E_CAUSE', body: PROMPT }),
      });
    });
    expect(await call('converse', HELLO)).toBe('500 InternalServerException');
    jest.restoreAllMocks();
    expect(secretsInLog()).toEqual([]);
    const { err } = await log.find((line) => 'err' in line);
    expect(err).toMatchObject({
      name: 'TypeError',
      message: '"…"; [redacted]',
      stack: expect.stringContaining('log-secrets.e2e-spec') as string,
      cause: { name: 'Error', code: 'E_CAUSE', message: '"…"; [redacted]' },
    });
  });
});
