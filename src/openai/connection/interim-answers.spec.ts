import { setImmediate as nextTurn } from 'node:timers/promises';
import { gatewayTo, params, targetAt, waiting } from '../../../test/support/gateway.js';
import { RawUpstream, type RawScript } from '../../../test/support/raw-upstream.js';
import { upstreamFailureOf } from '../../../test/support/upstream-failure.js';
import type { OpenAIGateway } from '../openai.gateway.js';
import type { UpstreamTarget } from '../upstream-target.js';

const COMPLETION = { id: '1', choices: [{ index: 0, finish_reason: 'stop', message: { content: 'Hi' } }] };
const JSON_TEXT = JSON.stringify(COMPLETION);
const FINAL = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${JSON_TEXT.length}\r\n\r\n${JSON_TEXT}`;
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const PROCESSING = 'HTTP/1.1 102 Processing\r\n\r\n';
const EARLY_HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n';

/** Writes each part as a packet of its own. */
function answering(...parts: string[]): RawScript {
  return (socket, request) => {
    const [part, ...rest] = parts;
    if (part === undefined) return;
    socket.write(part, () => void setImmediate(() => answering(...rest)(socket, request)));
  };
}

let upstream: RawUpstream;
let target: UpstreamTarget;
let gateway: OpenAIGateway;

async function start(script: RawScript): Promise<void> {
  upstream = await RawUpstream.start(script);
  target = targetAt(upstream.baseUrl);
  gateway = gatewayTo(target);
}

afterEach(async () => {
  await gateway.onApplicationShutdown();
  await upstream[Symbol.asyncDispose]();
});

describe('an upstream that sends interim answers', () => {
  it.each<[name: string, parts: string[]]>([
    ['100', [CONTINUE, FINAL]],
    ['100, in one packet with the answer', [CONTINUE + FINAL]],
    ['100, byte by byte', [...CONTINUE.split(''), FINAL]],
    ['100 with fields', ['HTTP/1.1 100 Continue\r\nvia: 1.1 a\r\ncontent-length: 0\r\n\r\n', FINAL]],
    ['102', [PROCESSING, FINAL]],
    ['103', [EARLY_HINTS, FINAL]],
    ['several', [CONTINUE, CONTINUE + EARLY_HINTS, PROCESSING + CONTINUE, FINAL]],
  ])('%s is ignored, call after call over one connection', async (_, parts) => {
    await start(answering(...parts));
    for (let call = 0; call < 3; call += 1) {
      await expect(gateway.complete(target, params, waiting)).resolves.toEqual(COMPLETION);
      // before that the pool does not reuse the connection
      await nextTurn();
    }
    expect(upstream.requests.map(({ request }) => request)).toEqual([1, 2, 3]);
  });

  it.each([
    ['', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['with fields', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
    [
      'after 100',
      `${CONTINUE}HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n`,
    ],
  ])('101 %s fails at once, with the reason', async (_, answer) => {
    await start((socket) => socket.write(answer));
    await expect(upstreamFailureOf(gateway.complete(target, params, waiting))).resolves.toEqual({
      failure: 'status',
      status: 101,
      message: 'a switch to another protocol, which was not asked for',
    });
  });
});
