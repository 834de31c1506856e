import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { UpstreamSettings } from '../../config/settings.js';
import { gatewayTo, params, targetAt, waiting } from '../../../test/support/gateway.js';
import { RawUpstream, type RawScript } from '../../../test/support/raw-upstream.js';
import { upstreamFailureOf } from '../../../test/support/upstream-failure.js';
import { Cancellation } from '../../streaming/cancellation.js';
import type { OpenAIGateway } from '../openai.gateway.js';
import type { UpstreamTarget } from '../upstream-target.js';

const COMPLETION = { id: '1', choices: [{ index: 0, finish_reason: 'stop', message: { content: 'Hi' } }] };
const JSON_TEXT = JSON.stringify(COMPLETION);
const HEAD = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${JSON_TEXT.length}\r\n\r\n`;

const answer = (socket: Socket): void => void socket.write(HEAD + JSON_TEXT);

/** Behaves like a server that has closed the idle connection when the request arrives. */
const afterOneRequest =
  (end: (socket: Socket) => void): RawScript =>
  (socket, { request }) =>
    request === 1 ? answer(socket) : end(socket);

let upstream: RawUpstream;
let target: UpstreamTarget;
let gateway: OpenAIGateway;

async function start(script: RawScript, changes: Partial<UpstreamSettings> = {}): Promise<void> {
  upstream = await RawUpstream.start(script);
  target = targetAt(upstream.baseUrl, changes);
  gateway = gatewayTo(target);
}

/** Leaves a connection that the next call uses. */
async function useConnection(): Promise<void> {
  await complete();
  // before that the pool does not reuse it
  await nextTurn();
}

function complete(cancellation = waiting.cancellation): Promise<unknown> {
  return gateway.complete(target, params, { cancellation });
}

afterEach(async () => {
  await gateway.onApplicationShutdown();
  await upstream[Symbol.asyncDispose]();
});

describe('a call over an idle connection that the server has closed', () => {
  it.each([
    ['by its end', (socket: Socket) => socket.end()],
    ['at once', (socket: Socket) => socket.destroy()],
    ['by a reset', (socket: Socket) => socket.resetAndDestroy()],
  ])('is sent once more, on a new connection: %s', async (_, end) => {
    await start(afterOneRequest(end));
    await useConnection();
    await expect(complete()).resolves.toEqual(COMPLETION);
    expect(upstream.requests).toEqual([
      { connection: 1, request: 1 },
      { connection: 1, request: 2 },
      { connection: 2, request: 1 },
    ]);
  });

  it('is sent once more if there are many at once, each on its own connection', async () => {
    const waitingSockets: Socket[] = [];
    const together = 5;
    await start((socket, { connection, request }) => {
      if (request > 1) return void socket.destroy();
      if (connection > together) return answer(socket);
      // none is answered before all have come, so that each has a connection of its own
      if (waitingSockets.push(socket) === together) for (const each of waitingSockets) answer(each);
    });
    const calls = (): Promise<unknown>[] => Array.from({ length: together }, () => complete());
    await Promise.all(calls());
    await nextTurn();
    await expect(Promise.all(calls())).resolves.toEqual(Array.from({ length: together }, () => COMPLETION));
    expect(upstream.connections).toBe(2 * together);
  });

  it('is sent once more with its whole body, however long', async () => {
    await start(afterOneRequest((socket) => socket.destroy()));
    await useConnection();
    const long = { ...params, messages: [{ role: 'user' as const, content: 'x'.repeat(3_000_000) }] };
    await expect(gateway.complete(target, long, waiting)).resolves.toEqual(COMPLETION);
  });

  it('is sent once more in addition to the retries of the settings', async () => {
    await start(
      afterOneRequest((socket) => socket.destroy()),
      { maxRetries: 2 },
    );
    await useConnection();
    await expect(complete()).resolves.toEqual(COMPLETION);
    expect(upstream.requests).toHaveLength(3);
  });

  it('is sent once more when it is a stream', async () => {
    const events = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hi' } }] })}\n\ndata: [DONE]\n\n`;
    const head = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${events.length}\r\n\r\n`;
    await start((socket, { request }) => {
      if (request === 1) socket.write(head + events);
      else socket.destroy();
    });
    const read = async (): Promise<unknown[]> =>
      (await Array.fromAsync(await gateway.stream(target, params, waiting))).flat();
    await read();
    await nextTurn();
    await expect(read()).resolves.toEqual([{ choices: [{ index: 0, delta: { content: 'Hi' } }] }]);
    expect(upstream.requests).toHaveLength(3);
  });
});

describe('a call is not sent again', () => {
  it('when a new connection is closed before its answer', async () => {
    await start((socket) => void socket.destroy());
    await expect(upstreamFailureOf(complete())).resolves.toMatchObject({ failure: 'reset' });
    expect(upstream.requests).toHaveLength(1);
  });

  it('a second time', async () => {
    await start((socket, { connection, request }) => {
      if (connection === 1 && request === 1) answer(socket);
      else socket.destroy();
    });
    await useConnection();
    await expect(upstreamFailureOf(complete())).resolves.toMatchObject({ failure: 'reset' });
    expect(upstream.requests).toHaveLength(3);
  });

  it.each([
    ['one byte', 'H'],
    ['an interim answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['a head', HEAD],
    ['half a body', `${HEAD}{"id":`],
  ])('when %s of an answer has come', async (_, part) => {
    await start(afterOneRequest((socket) => void socket.end(part)));
    await useConnection();
    await expect(upstreamFailureOf(complete())).resolves.toMatchObject({
      failure: expect.stringMatching(/^(reset|unusable)$/) as string,
    });
    expect(upstream.requests).toHaveLength(2);
  });

  it('when the client has left', async () => {
    const client = new Cancellation();
    await start(
      afterOneRequest((socket) => {
        client.cancel();
        socket.destroy();
      }),
    );
    await useConnection();
    await expect(upstreamFailureOf(complete(client))).resolves.toMatchObject({ failure: 'aborted' });
    await useConnection();
    expect(upstream.requests).toEqual([
      { connection: 1, request: 1 },
      { connection: 1, request: 2 },
      { connection: 2, request: 1 },
    ]);
  });

  it('when its deadline has passed', async () => {
    await start(
      afterOneRequest(() => undefined),
      { timeoutMs: 1_000 },
    );
    await useConnection();
    await expect(upstreamFailureOf(complete())).resolves.toMatchObject({ failure: 'timeout' });
    expect(upstream.requests).toHaveLength(2);
  });

  it('when the server does not listen any more: then the failure is to connect', async () => {
    await start(
      afterOneRequest((socket) => {
        upstream.stopListening();
        socket.destroy();
      }),
    );
    await useConnection();
    await expect(upstreamFailureOf(complete())).resolves.toMatchObject({
      failure: 'connect',
      code: 'ECONNREFUSED',
    });
  });

  it('when the process shuts down', async () => {
    await start(afterOneRequest(() => void gateway.onApplicationShutdown()));
    await useConnection();
    await expect(upstreamFailureOf(complete())).resolves.toMatchObject({ failure: 'reset' });
    expect(upstream.requests).toHaveLength(2);
  });
});
