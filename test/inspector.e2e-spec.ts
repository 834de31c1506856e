import { hash } from 'node:crypto';
import { chunk, errorBody, textChunks, textCompletion } from './support/answers.js';
import { GuardedService, TEAM_A, TEAM_A_BEARER } from './support/guarded-service.js';
import { InspectorClient } from './support/inspector-client.js';
import { startProxy } from './support/proxy.js';
import { answerChunks, answerJson, toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const KEY = 'key-of-the-operator';

let service: Service;
let inspector: InspectorClient;
beforeAll(async () => {
  service = await Service.start({ INSPECTOR: 'true', OPENAI_API_KEY: 'sk-upstream0123456789' });
  inspector = new InspectorClient(service.proxy.managementUrl);
});
afterAll(() => service[Symbol.asyncDispose]());

async function converse(body: object = HELLO, operation = 'converse'): Promise<string | null> {
  const response = await fetch(`${service.url}/model/claude/${operation}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.headers.get('x-amzn-requestid');
}

describe('The inspector', () => {
  it('holds both sides of a call', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const id = await converse({ ...HELLO, requestMetadata: { a: 'b' } });
    const call = await inspector.call(id);
    expect(call).toMatchObject({
      operation: 'converse',
      modelId: 'claude',
      target: 'openai/claude',
      status: 200,
      stopReason: 'end_turn',
      isStream: false,
      ignored: ['requestMetadata'],
      attempts: 1,
      method: 'POST',
      path: '/model/claude/converse',
      request: { text: JSON.stringify({ ...HELLO, requestMetadata: { a: 'b' } }), isCut: false },
      calls: [{ upstream: 'openai', model: 'claude', outcome: 'success' }],
    });
    expect(JSON.parse(call.answer.text)).toMatchObject({
      output: { message: { content: [{ text: 'Hi' }] } },
    });
    expect(JSON.parse(call.calls[0]?.request.text ?? '')).toMatchObject({ model: 'claude', stream: false });
    expect((await inspector.list()).map((summary) => summary.id)).toContain(id);
  });

  it('holds a stream with the times of its chunks and events', async () => {
    service.upstream.answerWith(answerChunks(textChunks('One', 'Two')));
    const call = await inspector.call(await converse(HELLO, 'converse-stream'));
    const events = JSON.parse(call.answer.text) as object[];
    expect(events.length).toBeGreaterThan(4);
    expect(call.timesMs).toHaveLength(events.length);
    const { timesMs = [], answer } = call.calls[0] ?? {};
    const sent = JSON.parse(answer?.text ?? '') as unknown[];
    expect(sent.at(-1)).toBe('[DONE]');
    expect(timesMs).toHaveLength(sent.length);
    for (const times of [timesMs, call.timesMs])
      expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('holds a failed call with the words of the upstream, and the reason of a refused one', async () => {
    service.upstream.answerWith(answerJson(errorBody('the model is on fire'), 500));
    const failed = await inspector.call(await converse());
    expect(failed).toMatchObject({ status: 500, exception: 'InternalServerException' });
    expect(failed.calls).toMatchObject([{ outcome: 'error', status: 500 }]);
    expect(Object.keys(JSON.parse(failed.answer.text) as object)).toContain('message');
    expect(failed.calls[0]?.answer.text).toContain('the model is on fire');
    const refused = await inspector.call(
      await converse({ messages: [{ role: 'user', content: [{ text: 7 }] }] }),
    );
    expect(refused).toMatchObject({ status: 400, exception: 'ValidationException', calls: [] });
    expect(refused.reason).toContain('messages.0.content.0.text');
    expect(JSON.parse(refused.request.text)).toMatchObject({ messages: [{ content: [{ text: 7 }] }] });
  });

  it('holds the answer of an operation without a model', async () => {
    const response = await fetch(`${service.url}/foundation-models`);
    const answer: unknown = await response.json();
    const call = await inspector.call(response.headers.get('x-amzn-requestid'));
    expect(call).toMatchObject({ operation: 'listFoundationModels', status: 200, calls: [] });
    expect(JSON.parse(call.answer.text)).toEqual(answer);
  });

  it('tells of a call as it ends', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const events = await inspector.fetch('/events');
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    const id = await converse();
    let text = '';
    while (!text.includes(`"id":"${id}"`)) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    expect(events.headers.get('content-type')).toBe('text/event-stream');
  });

  it('makes a call of its own, for the page that holds the token alone', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const wanted = { path: '/model/claude/converse', body: JSON.stringify(HELLO) };
    const answer = (await (await inspector.change('POST', '/calls', wanted)).json()) as { id: string };
    expect(await inspector.call(answer.id)).toMatchObject({ status: 200, operation: 'converse' });
    const without = await inspector.fetch('/calls', { method: 'POST', body: JSON.stringify(wanted) });
    expect(without.status).toBe(403);
    for (const path of ['/health', 'http://example.com/', '//example.com/', '/model/../x y', '/inspector']) {
      expect([path, (await inspector.change('POST', '/calls', { ...wanted, path })).status]).toEqual([
        path,
        400,
      ]);
    }
  });

  it('forgets when it is told to', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const id = await converse();
    await inspector.call(id);
    expect((await inspector.fetch('/calls', { method: 'DELETE' })).status).toBe(403);
    expect((await inspector.change('DELETE', '/calls')).status).toBe(204);
    expect(await inspector.list()).toEqual([]);
    expect((await inspector.fetch(`/calls/${id}`)).status).toBe(404);
  });

  it.each<[string, Record<string, string>]>([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of another origin', { origin: 'https://example.com' }],
    ['of no origin', { origin: 'null' }],
  ])('shows nothing to a page %s', async (_, headers) => {
    for (const path of ['', '/session', '/calls', '/events']) {
      expect((await inspector.fetch(path, { headers })).status).toBe(403);
    }
  });

  it('allows nothing from elsewhere, no inline script and no copy', async () => {
    const { headers } = await inspector.fetch('/session');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is not on the main port, and nothing else is below its path', async () => {
    expect((await fetch(`${service.url}/inspector/calls`)).status).toBe(404);
    expect((await inspector.fetch('/../../package.json')).status).toBe(404);
    expect((await inspector.fetch('/assets/absent.js')).status).toBe(404);
    expect((await fetch(`${service.proxy.managementUrl}/inspectors`)).status).toBe(404);
    expect((await fetch(`${service.proxy.managementUrl}/metrics`)).status).toBe(200);
  });
});

describe('Secrets', () => {
  const SECRETS = ['sk-upstream0123456789', 'f'.repeat(64), 'IQoJb3JpZ2luX2VjEXAMPLESESSION', TEAM_A_BEARER];

  it('never reach the page', async () => {
    const said = `sk-upstream0123456789 Bearer sk-upstream0123456789 ${TEAM_A_BEARER} ${'f'.repeat(64)}`;
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: said })));
      response.end(toServerSentEvent(errorBody(said)));
    });
    const query = `X-Amz-Security-Token=IQoJb3JpZ2luX2VjEXAMPLESESSION&X-Amz-Signature=${'f'.repeat(64)}`;
    const response = await fetch(`${service.url}/model/claude/converse-stream?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEAM_A_BEARER}`, cookie: 'IQoJb3JpZ2luX2VjEXAMPLESESSION' },
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: said }] }] }),
    });
    await response.arrayBuffer();
    const call = JSON.stringify(await inspector.call(response.headers.get('x-amzn-requestid')));
    expect(SECRETS.filter((secret) => call.includes(secret))).toEqual([]);
  });
});

describe('With a key', () => {
  const directory = new TemporaryDirectory();
  const keyFile = directory.write('key', `${hash('sha256', KEY, 'hex')}\n`);
  let guarded: GuardedService;
  let stranger: InspectorClient;
  beforeAll(async () => {
    guarded = await GuardedService.start({}, { INSPECTOR: 'true', INSPECTOR_KEY_FILE: keyFile });
    stranger = new InspectorClient(guarded.proxy.managementUrl);
  });
  afterAll(async () => {
    await guarded[Symbol.asyncDispose]();
    directory[Symbol.dispose]();
  });
  const logIn = (key: string) => stranger.fetch('/login', { method: 'POST', body: JSON.stringify({ key }) });

  it('strangers see nothing, clients neither, and operators log in', async () => {
    expect(await stranger.session()).toEqual({ isLoggedIn: false });
    for (const path of ['/calls', '/calls/a', '/events']) {
      expect((await stranger.fetch(path)).status).toBe(401);
      expect((await stranger.fetch(path, { headers: { cookie: 'inspector=a' } })).status).toBe(401);
    }
    expect((await logIn(TEAM_A_BEARER)).status).toBe(403);
    const response = await logIn(KEY);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^inspector=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/inspector$/);
    const operator = new InspectorClient(guarded.proxy.managementUrl, cookie.split(';')[0]);
    expect(await operator.session()).toMatchObject({ isLoggedIn: true, needsCredential: true });
    expect(await operator.list()).toEqual([]);
  });

  it('a call of the page needs the credential of a client', async () => {
    const response = await logIn(KEY);
    const operator = new InspectorClient(
      guarded.proxy.managementUrl,
      response.headers.get('set-cookie')?.split(';')[0],
    );
    guarded.upstream.answerWith(answerJson(textCompletion('Hi')));
    const wanted = { path: '/model/claude/converse', body: JSON.stringify(HELLO) };
    const statusOf = async (credential?: object) => {
      const response = await operator.change('POST', '/calls', { ...wanted, credential });
      return ((await response.json()) as { status: number }).status;
    };
    const { accessKeyId, secretAccessKey } = TEAM_A;
    expect([
      await statusOf(),
      await statusOf({ bearer: 'brp_wrong' }),
      await statusOf({ bearer: TEAM_A_BEARER }),
      await statusOf({ accessKeyId, secretAccessKey: 'wrong' }),
      await statusOf({ accessKeyId, secretAccessKey }),
    ]).toEqual([403, 403, 200, 403, 200]);
    for (const credential of ['key', {}, { accessKeyId }, { bearer: 'two\nlines' }]) {
      expect((await operator.change('POST', '/calls', { ...wanted, credential })).status).toBe(400);
    }
    const held = JSON.stringify(
      await Promise.all((await operator.list()).map(({ id }) => operator.call(id))),
    );
    expect([TEAM_A_BEARER, secretAccessKey, 'AWS4-HMAC'].filter((secret) => held.includes(secret))).toEqual(
      [],
    );
  });

  it('nobody may guess for long', async () => {
    const statuses = [];
    for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await logIn(`guess ${attempt}`)).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await logIn(KEY)).status).toBe(429);
  });
});

describe('A start', () => {
  it('without INSPECTOR has no inspector', async () => {
    await using plain = await Service.start();
    expect((await fetch(`${plain.proxy.managementUrl}/inspector`)).status).toBe(404);
  });

  it.each<[string, Record<string, string>, string]>([
    ['beyond loopback without a key', { MANAGEMENT_HOST: '0.0.0.0' }, 'INSPECTOR needs INSPECTOR_KEY_FILE'],
    ['with a key that is not there', { INSPECTOR_KEY_FILE: 'absent' }, 'absent cannot be read (ENOENT)'],
    [
      'with a file that holds no hash',
      { INSPECTOR_KEY_FILE: 'package.json' },
      'must hold the SHA-256 of a key',
    ],
  ])('%s does not happen', async (_, variables, message) => {
    await expect(startProxy({ INSPECTOR: 'true', ...variables })).rejects.toThrow(message);
  });
});
