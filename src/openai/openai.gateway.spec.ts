import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { gatewayTo, params, targetAt, waiting } from '../../test/support/gateway.js';
import { answerJson, answerText, startScriptedUpstream } from '../../test/support/scripted-upstream.js';
import type { ScriptedUpstream, UpstreamScript } from '../../test/support/scripted-upstream.js';
import { upstreamFailureOf } from '../../test/support/upstream-failure.js';
import type { UpstreamSettings } from '../config/settings.js';
import { Cancellation } from '../streaming/cancellation.js';
import type { OpenAIGateway } from './openai.gateway.js';
import type { UpstreamTarget } from './upstream-target.js';

const COMPLETION = { id: '1', choices: [{ index: 0, finish_reason: 'stop', message: { content: 'Hi' } }] };
const REFUSAL = { error: { message: 'No', type: 'invalid_request_error', param: null, code: null } };

let upstream: ScriptedUpstream;
let target: UpstreamTarget;
let gateway: OpenAIGateway;

async function start(script: UpstreamScript, changes: Partial<UpstreamSettings> = {}): Promise<void> {
  upstream = await startScriptedUpstream(script);
  target = targetAt(upstream.baseUrl, changes);
  gateway = gatewayTo(target);
}

afterEach(async () => {
  await gateway.onApplicationShutdown();
  await upstream.close();
});

describe('OpenAIGateway.complete sends', () => {
  it('the params, and no headers about the platform', async () => {
    await start(answerJson(COMPLETION));
    const body = { ...params, stream: false };
    await expect(gateway.complete(target, params, waiting)).resolves.toEqual(COMPLETION);
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/v1/chat/completions',
        headers: {
          host: upstream.origin.slice('http://'.length),
          connection: 'keep-alive',
          accept: 'application/json',
          'accept-encoding': 'identity',
          'content-type': 'application/json',
          'content-length': String(JSON.stringify(body).length),
          'user-agent': 'bedrock-to-openai-proxy',
        },
        body,
      },
    ]);
  });

  it.each<[changes: Partial<UpstreamSettings>, headers: Record<string, string>]>([
    [{ apiKey: 'sk-1' }, { authorization: 'Bearer sk-1' }],
    [
      { apiKey: 'sk-1', dialect: 'azure' },
      { authorization: 'Bearer sk-1', 'api-key': 'sk-1' },
    ],
  ])('the key of %j', async (changes, headers) => {
    await start(answerJson(COMPLETION), changes);
    await gateway.complete(target, params, waiting);
    expect(upstream.lastRequest?.headers).toMatchObject(headers);
  });

  it.each([
    ['', '/chat/completions'],
    ['/', '/chat/completions'],
    ['/v1', '/v1/chat/completions'],
    ['/v1/', '/v1/chat/completions'],
    ['/a/b//', '/a/b/chat/completions'],
    [
      '/openai/deployments/d?api-version=2026-01-01',
      '/openai/deployments/d/chat/completions?api-version=2026-01-01',
    ],
  ])('to the base URL %p with the path added', async (base, path) => {
    await start(answerJson(COMPLETION));
    await gateway.complete(targetAt(upstream.origin + base), params, waiting);
    expect(upstream.requests.map((request) => request.path)).toEqual([path]);
  });

  it('successive calls over the same connection', async () => {
    await start(answerJson(COMPLETION));
    for (let count = 0; count < 10; count += 1) await gateway.complete(target, params, waiting);
    expect(upstream.openSockets).toBeLessThanOrEqual(2);
  });
});

describe('OpenAIGateway.complete fails', () => {
  const unusable = (message: string): Record<string, unknown> => ({ failure: 'unusable', message });

  it.each<[name: string, script: UpstreamScript, failure: Record<string, unknown>]>([
    [
      '400',
      answerJson(REFUSAL, 400),
      { failure: 'status', status: 400, message: 'No', type: 'invalid_request_error' },
    ],
    [
      'an array',
      answerJson([{ error: { code: 404, message: 'No' } }], 404),
      { failure: 'status', status: 404, message: 'No', code: '404' },
    ],
    [
      'a flat error',
      answerJson({ object: 'error', message: 'No', code: 3 }, 422),
      { failure: 'status', status: 422, message: 'No', code: '3' },
    ],
    [
      '429',
      answerJson({ error: 'No' }, 429, { 'retry-after': '2' }),
      { failure: 'status', status: 429, message: 'No', retryAfter: '2', retryAfterMs: 2_000 },
    ],
    [
      'an HTML page',
      answerText('<html>Bad Gateway</html>', 502, 'text/html'),
      { failure: 'status', status: 502, message: '<html>Bad Gateway</html>' },
    ],
    [
      'a refusal without end',
      answerText('x'.repeat(2_000_000), 500),
      { failure: 'status', status: 500, message: 'more than 1048576 bytes' },
    ],
    [
      'an empty answer',
      answerText('', 503),
      { failure: 'status', status: 503, message: 'status 503 without a message' },
    ],
    [
      'an error in a 200',
      answerJson({ error: { code: 402, message: 'Pay' } }),
      { failure: 'status', status: 402, message: 'Pay', code: '402' },
    ],
    ['HTML in a 200', answerText('<html>login</html>'), unusable('not JSON: <html>login</html>')],
    ['broken JSON', answerText('{"choices":[', 200, 'application/json'), unusable('not JSON: {"choices":[')],
    ['an empty 200', answerText(''), unusable('not JSON: ')],
    ['a 204', (_request, response) => response.writeHead(204).end(), unusable('not JSON: ')],
    ['no choices', answerJson({ id: '1' }), unusable('an answer without choices: {"id":"1"}')],
    ['no JSON object', answerJson('ok'), unusable('not a JSON object: "ok"')],
    [
      'what is not encoded as it says',
      answerJson(COMPLETION, 200, { 'content-encoding': 'gzip' }),
      unusable('content-encoding gzip that cannot be decoded: incorrect header check'),
    ],
  ])('%s', async (_name, script, failure) => {
    await start(script);
    await expect(upstreamFailureOf(gateway.complete(target, params, waiting))).resolves.toEqual(failure);
    expect(upstream.requests).toHaveLength(1);
  });

  it('a redirect, which is not followed', async () => {
    await start((_request, response) => response.writeHead(307, { location: `${upstream.baseUrl}/x` }).end());
    await expect(upstreamFailureOf(gateway.complete(target, params, waiting))).resolves.toEqual({
      failure: 'status',
      status: 307,
      message: `a redirect, which is not followed: to ${upstream.origin}`,
    });
    expect(upstream.requests).toHaveLength(1);
  });

  it('no server on the port', async () => {
    await start(answerJson(COMPLETION));
    await upstream.close();
    await expect(upstreamFailureOf(gateway.complete(target, params, waiting))).resolves.toMatchObject({
      failure: 'connect',
      code: 'ECONNREFUSED',
    });
  });

  it('a host that never finishes its TLS handshake', async () => {
    await start(answerJson(COMPLETION));
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo; // a TCP port, not a pipe
    const other = targetAt(`https://127.0.0.1:${port}`, { connectTimeoutMs: 20 });
    await expect(upstreamFailureOf(gateway.complete(other, params, waiting))).resolves.toMatchObject({
      failure: 'connect',
      code: 'UND_ERR_CONNECT_TIMEOUT',
    });
    mute.close();
  });

  it.each<[name: string, script: UpstreamScript, failure: string]>([
    [
      'a connection that breaks before the answer',
      (_request, response) => response.socket?.destroy(),
      'reset',
    ],
    ['a connection that breaks within the answer', breakWithinBody, 'reset'],
    [
      'something that is not HTTP',
      (_request, response) => response.socket?.end('220 smtp ready\r\n'),
      'unusable',
    ],
  ])('%s', async (_name, script, failure) => {
    await start(script);
    await expect(upstreamFailureOf(gateway.complete(target, params, waiting))).resolves.toMatchObject({
      failure,
    });
    await upstream.socketsDownTo(0);
  });
});

describe('OpenAIGateway.complete ends', () => {
  const silent: UpstreamScript = () => undefined;
  const slow: UpstreamScript = (_request, response) => response.writeHead(200).write('{"choices":');
  const slowRefusal: UpstreamScript = (_request, response) => response.writeHead(400).write('{"error":');

  it.each([
    ['before the answer', silent],
    ['within the answer', slow],
    ['within an error', slowRefusal],
  ])('at its deadline %s, and closes the connection', async (_name, script) => {
    await start(script, { timeoutMs: 30 });
    await expect(upstreamFailureOf(gateway.complete(target, params, waiting))).resolves.toEqual({
      failure: 'timeout',
      message: 'no whole answer within 30 ms',
    });
    await upstream.socketsDownTo(0);
  });

  it.each([
    ['before the answer', silent],
    ['within the answer', slow],
    ['within an error', slowRefusal],
  ])('when the client leaves %s, and closes the connection', async (_name, script) => {
    await start(script);
    const client = new Cancellation();
    const failure = upstreamFailureOf(gateway.complete(target, params, { cancellation: client }));
    await upstream.received(1);
    client.cancel();
    await expect(failure).resolves.toEqual({ failure: 'aborted', message: 'the client left' });
    await upstream.socketsDownTo(0);
  });

  it('before it starts if the client has already left', async () => {
    await start(answerJson(COMPLETION));
    const client = new Cancellation();
    client.cancel();
    await expect(
      upstreamFailureOf(gateway.complete(target, params, { cancellation: client })),
    ).resolves.toEqual({
      failure: 'aborted',
      message: 'the client left',
    });
    expect(upstream.requests).toEqual([]);
  });

  it('when the client leaves while it connects, and then sends nothing', async () => {
    await start(answerJson(COMPLETION));
    const client = new Cancellation();
    const failure = upstreamFailureOf(gateway.complete(target, params, { cancellation: client }));
    await Promise.resolve();
    client.cancel();
    await expect(failure).resolves.toEqual({ failure: 'aborted', message: 'the client left' });
    await gateway.complete(target, params, waiting);
    expect(upstream.requests).toHaveLength(1);
  });

  it('when the process shuts down', async () => {
    await start(silent);
    const failure = upstreamFailureOf(gateway.complete(target, params, waiting));
    await upstream.received(1);
    await gateway.onApplicationShutdown();
    await expect(failure).resolves.toMatchObject({ failure: 'reset' });
    await upstream.socketsDownTo(0);
  });
});

function breakWithinBody(...[_request, response]: Parameters<UpstreamScript>): void {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"choices":', () => response.socket?.destroy());
}
