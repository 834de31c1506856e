import { chunk, errorBody, textCompletion, toolCallsCompletion } from './support/answers.js';
import { GuardedService, TEAM_A, TEAM_A_BEARER, TEAM_B_BEARER } from './support/guarded-service.js';
import { InspectorClient } from './support/inspector-client.js';
import {
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

/** What looks like a key in the words of a client, or of an upstream. */
const SAID = `${ANSWER} ${UPSTREAM_KEY} Bearer ${UPSTREAM_KEY} ${TEAM_B_BEARER} ${SIGNATURE}`;
const HELLO = { messages: [{ role: 'user', content: [{ text: `${PROMPT} ${SAID}` }] }] };
const QUERY = `X-Amz-Security-Token=${SESSION_TOKEN}&X-Amz-Signature=${SIGNATURE}`;

let service: GuardedService;
let inspector: InspectorClient;
let feed: string;
let feedEnd: AbortController;
beforeAll(async () => {
  service = await GuardedService.start({}, { INSPECTOR: 'true' });
  inspector = new InspectorClient(service.proxy.managementUrl);
  feed = '';
  feedEnd = new AbortController();
  const events = await inspector.fetch('/events', { signal: feedEnd.signal });
  void readFeed(events).catch(() => undefined);
});
afterAll(async () => {
  feedEnd.abort();
  await service[Symbol.asyncDispose]();
});

async function readFeed(events: Response): Promise<void> {
  for await (const bytes of events.body ?? []) feed += Buffer.from(bytes as Uint8Array).toString();
}

/** Makes a call with secrets in every possible place → everything that the page gets of it. */
async function pageOf(operation: string, body: object, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${service.url}${operation}?${QUERY}`, {
    method: 'POST',
    headers: { cookie: COOKIE, 'x-amz-security-token': SESSION_TOKEN, ...headers },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  const id = response.headers.get('x-amzn-requestid');
  return JSON.stringify([await inspector.call(id), await inspector.list()]) + feed;
}

function secretsIn(text: string): string[] {
  return CREDENTIALS.filter((secret) => text.includes(secret));
}

const KEY = { authorization: `Bearer ${TEAM_A_BEARER}` };
const stream: UpstreamScript = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(toServerSentEvent(chunk({ content: SAID })));
  response.end(toServerSentEvent(errorBody(SAID)));
};

describe('No credential reaches the page', () => {
  it.each<[string, UpstreamScript, string]>([
    ['an answer', answerJson(textCompletion(SAID)), 'converse'],
    [
      'a tool call',
      answerJson(toolCallsCompletion({ id: 'c', name: 'f', arguments: { a: SAID } })),
      'converse',
    ],
    ['a refusal', answerJson(errorBody(SAID), 400), 'converse'],
    ['a refused key', answerJson(errorBody(SAID, { code: SAID, type: SAID }), 401), 'converse'],
    ['a failure', answerJson(errorBody(SAID), 500), 'converse'],
    ['a page', answerText(`<html>${SAID}</html>`, 200, 'text/html'), 'converse'],
    ['a stream that breaks', stream, 'converse-stream'],
    ['a failure before a stream', answerJson(errorBody(SAID), 503), 'converse-stream'],
  ])('of a call with %s', async (_, script, operation) => {
    service.upstream.answerWith(script);
    const page = await pageOf(`/model/claude/${operation}`, HELLO, KEY);
    expect(page).toContain(PROMPT);
    expect(secretsIn(page)).toEqual([]);
  });

  it("of a call with a key in a header of Anthropic's", async () => {
    service.upstream.answerWith(answerJson(textCompletion(SAID)));
    const body = { model: 'claude', max_tokens: 9, messages: [{ role: 'user', content: SAID }] };
    expect(secretsIn(await pageOf('/v1/messages', body, { 'x-api-key': TEAM_A_BEARER }))).toEqual([]);
  });

  it.each([
    ['of a stranger', `Bearer ${TEAM_A_BEARER}x`],
    ['with half a signature', `AWS4-HMAC-SHA256 Credential=${TEAM_A.accessKeyId}, Signature=${SIGNATURE}`],
  ])('of a call %s', async (_, authorization) => {
    expect(secretsIn(await pageOf('/model/claude/converse', HELLO, { authorization }))).toEqual([]);
  });

  it('of a signed call', async () => {
    service.upstream.answerWith(answerJson(textCompletion(SAID)));
    const host = `127.0.0.1:${service.proxy.port}`;
    const request = await signedRequest({ host, body: JSON.stringify(HELLO) });
    const signature = /Signature=(\w+)/.exec(JSON.stringify(request.headers))?.[1] ?? '';
    expect(signature).toHaveLength(64);
    expect((await sendOverWire(service.proxy.port, request)).status).toBe(200);
    const [last] = await inspector.list();
    const page = JSON.stringify([await inspector.call(last?.id ?? ''), await inspector.list()]) + feed;
    expect([...secretsIn(page), ...(page.includes(signature) ? [signature] : [])]).toEqual([]);
  });
});
