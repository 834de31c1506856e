import type { ServerResponse } from 'node:http';
import { gatewayTo, params, targetAt } from '../../test/support/gateway.js';
import {
  answerChunks,
  answerJson,
  answerText,
  startScriptedUpstream,
  toServerSentEvent,
} from '../../test/support/scripted-upstream.js';
import type { ScriptedUpstream, UpstreamScript } from '../../test/support/scripted-upstream.js';
import { settled } from '../../test/support/settled.js';
import { upstreamFailureOf } from '../../test/support/upstream-failure.js';
import type { DialectName } from '../config/dialect-names.js';
import type { UpstreamSettings } from '../config/settings.js';
import { Cancellation } from '../streaming/cancellation.js';
import type { PullSource } from '../streaming/pull-source.js';
import type { ChatCompletionAnswer } from './chat-completion.js';
import type { OpenAIGateway } from './openai.gateway.js';
import type { UpstreamTarget } from './upstream-target.js';

const role = { choices: [{ delta: { role: 'assistant', content: '' } }] };
const text = { choices: [{ delta: { content: 'Hi' } }] };
const finish = { choices: [{ delta: {}, finish_reason: 'stop' }] };
const usage = { choices: [], usage: { prompt_tokens: 1 } };

/** Makes its listeners visible. */
class WatchedCancellation extends Cancellation {
  readonly listeners = new Set<Parameters<Cancellation['onCancel']>[0]>();

  override onCancel(...[listener]: Parameters<Cancellation['onCancel']>): void {
    this.listeners.add(listener);
    super.onCancel(listener);
  }

  override offCancel(...[listener]: Parameters<Cancellation['offCancel']>): void {
    this.listeners.delete(listener);
    super.offCancel(listener);
  }
}

let upstream: ScriptedUpstream;
let target: UpstreamTarget;
let gateway: OpenAIGateway;
let client: WatchedCancellation;

type Chunks = PullSource<readonly ChatCompletionAnswer[]>;

async function startStream(script: UpstreamScript, changes: Partial<UpstreamSettings> = {}): Promise<Chunks> {
  upstream = await startScriptedUpstream(script);
  target = targetAt(upstream.baseUrl, changes);
  gateway = gatewayTo(target);
  client = new WatchedCancellation();
  return gateway.stream(target, params, { cancellation: client });
}

async function readAll(chunks: Chunks): Promise<ChatCompletionAnswer[]> {
  const all: ChatCompletionAnswer[] = [];
  for await (const batch of chunks) all.push(...batch);
  return all;
}

/** Sends each part in a write of its own, and leaves the answer open. */
const sends =
  (...parts: unknown[]): UpstreamScript =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    for (const part of parts) response.write(typeof part === 'string' ? part : toServerSentEvent(part));
  };

const sendsAndBreaks =
  (...parts: unknown[]): UpstreamScript =>
  (request, response) => {
    sends(...parts)(request, response);
    response.write(': \n', () => response.socket?.destroy());
  };

afterEach(async () => {
  await gateway.onApplicationShutdown();
  await upstream.close();
});

describe('OpenAIGateway.stream asks a server of the dialect', () => {
  it.each<[DialectName, unknown]>([
    ['generic', { include_usage: true }],
    ['openai', { include_usage: true, include_obfuscation: false }],
    ['mistral', undefined],
  ])('%s for a stream with usage', async (dialect, stream_options) => {
    await readAll(await startStream(answerChunks([text]), { dialect }));
    expect(upstream.lastRequest?.body).toEqual({ ...params, stream: true, stream_options });
  });
});

describe('OpenAIGateway.stream returns', () => {
  it('the chunks, and then reuses the connection', async () => {
    const chunks = await startStream(answerChunks([role, text, finish, usage]));
    await expect(readAll(chunks)).resolves.toEqual([role, text, finish, usage]);
    await expect(chunks.read()).resolves.toEqual({ value: undefined, done: true });
    for (let count = 0; count < 5; count += 1)
      await readAll(await gateway.stream(target, params, { cancellation: client }));
    expect(upstream.openSockets).toBeLessThanOrEqual(2);
  });

  it('one batch of the chunks that come together', async () => {
    const once = [role, text, finish].map(toServerSentEvent).join('');
    const chunks = await startStream(sends(`: x\n\n${once}`));
    await expect(chunks.read()).resolves.toEqual({ value: [role, text, finish], done: false });
  });

  it('a JSON completion as its only chunk', async () => {
    const completion = { choices: [{ message: { content: 'Hi' } }] };
    await expect(readAll(await startStream(answerJson(completion)))).resolves.toEqual([completion]);
  });

  it.each<[name: string, script: UpstreamScript]>([
    ['is silent', sends(text, finish)],
    ['breaks', sendsAndBreaks(text, finish)],
    ['sends an event without an end', sends(text, finish, `data: ${'x'.repeat(9_000_000)}`)],
  ])('the complete answer when the server %s after the finish', async (_name, script) => {
    const chunks = await startStream(script, { idleTimeoutMs: 500 });
    await expect(readAll(chunks)).resolves.toEqual([text, finish]);
    await upstream.socketsDownTo(0);
  });

  it.each<[name: string, said: unknown]>([
    ['an error', { error: { message: 'x' } }],
    ['invalid data', 'data: {\n\n'],
    ['an error event', 'event: error\ndata: x\n\n'],
  ])('the complete answer with its usage when there is %s after the finish', async (_name, said) => {
    const chunks = await startStream(sends(text, finish, said, usage, 'data: [DONE]\n\n'));
    await expect(readAll(chunks)).resolves.toEqual([text, finish, usage]);
  });

  it('the complete answer when the server does not end it after [DONE], and closes the connection', async () => {
    const chunks = await startStream(sends(text, finish, 'data: [DONE]\n\n', text));
    await expect(readAll(chunks)).resolves.toEqual([text, finish]);
    await upstream.socketsDownTo(0);
  });
});

describe('OpenAIGateway.stream fails before the first chunk', () => {
  const hasty = { firstEventTimeoutMs: 200 };
  const timedOut = { failure: 'timeout', message: 'no content within 200 ms' };

  it.each<
    [
      name: string,
      script: UpstreamScript,
      failure: Record<string, unknown>,
      changes?: Partial<UpstreamSettings>,
    ]
  >([
    ['429', answerJson({ error: { message: 'slow' } }, 429), { failure: 'status', status: 429 }],
    [
      'an error in a 200',
      answerJson({ error: { code: 402, message: 'Pay' } }),
      { failure: 'status', status: 402 },
    ],
    [
      'an error as the first event',
      sends({ error: { code: 503, message: 'x' } }),
      { failure: 'status', status: 503 },
    ],
    [
      'HTML',
      answerText('<html></html>', 200, 'text/html'),
      { failure: 'unusable', message: 'an empty stream' },
    ],
    ['nothing', answerText('', 200), { failure: 'unusable', message: 'an empty stream' }],
    ['only [DONE]', answerChunks([]), { failure: 'unusable', message: 'an empty stream' }],
    ['garbage', sends('data: {"choices\n\n'), { failure: 'unusable', message: 'not JSON: {"choices' }],
    ['a broken connection', sendsAndBreaks(': x\n\n'), { failure: 'reset' }],
    ['silence', sends(), timedOut, hasty],
    ['comments and roles', sends(': x\n\n', role, usage, ': x\n\n'), timedOut, hasty],
  ])('%s', async (_name, script, failure, changes = {}) => {
    const read = async (): Promise<unknown> => readAll(await startStream(script, changes));
    await expect(upstreamFailureOf(read())).resolves.toMatchObject(failure);
    await gateway.onApplicationShutdown();
    await upstream.socketsDownTo(0);
  });
});

describe('OpenAIGateway.stream fails after a chunk', () => {
  it.each<[name: string, script: UpstreamScript, failure: Record<string, unknown>]>([
    ['an error event', sends(text, { error: { message: 'x' } }), { failure: 'status', status: 500 }],
    ['garbage', sends(text, 'data: {\n\n'), { failure: 'unusable' }],
    ['a broken connection', sendsAndBreaks(text), { failure: 'reset' }],
    ['an event without an end', sends(text, `data: ${'x'.repeat(9_000_000)}`), { failure: 'unusable' }],
  ])('%s, and closes the connection', async (_name, script, failure) => {
    const chunks = await startStream(script);
    await expect(chunks.read()).resolves.toMatchObject({ done: false });
    await expect(upstreamFailureOf(readAll(chunks))).resolves.toMatchObject(failure);
    await expect(chunks.read()).resolves.toEqual({ value: undefined, done: true });
    await upstream.socketsDownTo(0);
  });

  it('silence, and closes the connection', async () => {
    const chunks = await startStream(sends(text), { idleTimeoutMs: 30 });
    await expect(chunks.read()).resolves.toMatchObject({ done: false });
    await expect(upstreamFailureOf(readAll(chunks))).resolves.toMatchObject({
      failure: 'timeout',
      message: 'no chunk of the stream for 30 ms',
    });
    await upstream.socketsDownTo(0);
  });

  it('silence although comments come', async () => {
    let beat: NodeJS.Timeout | undefined;
    const chunks = await startStream(
      (request, response) => {
        sends(text)(request, response);
        beat = setInterval(() => response.write(': keep-alive\n\n'), 5);
      },
      { idleTimeoutMs: 40 },
    );
    await expect(upstreamFailureOf(readAll(chunks))).resolves.toMatchObject({ failure: 'timeout' });
    clearInterval(beat);
  });
});

describe('OpenAIGateway.stream ends at once', () => {
  const left = { failure: 'aborted', message: 'the client left' };

  it('when the client disconnects before the headers', async () => {
    const starting = upstreamFailureOf(startStream(() => client.cancel()));
    await expect(starting).resolves.toEqual(left);
    await upstream.socketsDownTo(0);
  });

  it('when the client disconnects while the next chunk is awaited', async () => {
    const chunks = await startStream(sends(text));
    await chunks.read();
    const failure = upstreamFailureOf(chunks.read());
    client.cancel();
    await expect(failure).resolves.toEqual(left);
    await upstream.socketsDownTo(0);
  });

  it('when the client disconnects while the stream is not read', async () => {
    const chunks = await startStream(sends(text));
    await chunks.read();
    client.cancel();
    await upstream.socketsDownTo(0);
    await expect(upstreamFailureOf(chunks.read())).resolves.toEqual(left);
  });

  it('when the reader leaves its loop', async () => {
    for await (const batch of await startStream(sends(text))) if (batch.length > 0) break;
    await upstream.socketsDownTo(0);
  });

  it.each<[name: string, script: UpstreamScript]>([
    ['has ended', answerChunks([text, finish])],
    ['has failed', sends(text, { error: 'x' })],
  ])('and has no listener on the cancellation once it %s', async (_name, script) => {
    const chunks = await startStream(script);
    expect(client.listeners.size).toBe(1);
    await readAll(chunks).catch(() => undefined);
    expect(client.listeners.size).toBe(0);
  });

  it('when it is cancelled before it was read', async () => {
    const chunks = await startStream(sends(text));
    chunks.cancel();
    await upstream.socketsDownTo(0);
    await expect(chunks.read()).resolves.toEqual({ value: undefined, done: true });
  });
});

describe('OpenAIGateway.stream with a slow reader', () => {
  it('stops reading the server', async () => {
    const piece = toServerSentEvent({ choices: [{ delta: { content: 'x'.repeat(10_000) } }] });
    let sent = 0;
    const flood = async (response: ServerResponse): Promise<void> => {
      while (response.write(piece)) sent += piece.length;
      await new Promise((resolve) => response.once('drain', resolve));
    };
    const chunks = await startStream(async (request, response) => {
      sends(text)(request, response);
      response.on('close', () => response.emit('drain'));
      while (!response.closed) await flood(response);
    });
    await chunks.read();
    expect(await settled(() => sent)).toBeLessThan(20_000_000);
    const read = await chunks.read();
    expect(JSON.stringify(read.value).length).toBeLessThan(300_000);
    chunks.cancel();
    await upstream.socketsDownTo(0);
  });
});
