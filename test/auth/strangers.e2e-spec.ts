import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { textCompletion } from '../support/answers.js';
import { GuardedService } from '../support/guarded-service.js';
import { answerJson } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { signedRequest, type WireRequest } from '../support/signed-request.js';

const MEGABYTE = 1024 * 1024;
const PATH = '/model/claude/converse';
const PUBLIC = ['/health', '/health/live', '/health/ready', '/metrics'];

let service: GuardedService;

beforeAll(async () => {
  service = await GuardedService.start({}, { MAX_BODY_MB: '4' });
  service.upstream.answerWith(answerJson(textCompletion('Hi')));
});
afterAll(async () => {
  expect(service.upstream.requests).toEqual([]);
  await service[Symbol.asyncDispose]();
});

/** The headers of a request whose body of `length` bytes is not sent yet. */
function headOf({ method, target, headers }: WireRequest, length: number): string {
  const lines = headers
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, `content-length: ${length}`].join('\r\n') + '\r\n\r\n';
}

async function begin(head: string): Promise<Socket> {
  const socket = connect(service.proxy.port, '127.0.0.1').setEncoding('latin1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(head);
  return socket;
}

const firstWords = async (socket: Socket) => {
  const [answer] = (await once(socket, 'data')) as [string];
  return answer.slice(0, answer.indexOf('\r\n'));
};

describe('An unauthenticated client', () => {
  const host = '127.0.0.1';
  const unsigned: WireRequest = { method: 'POST', target: PATH, headers: [['host', host]], body: '' };

  it.each<[string, () => WireRequest | Promise<WireRequest>]>([
    ['without authorization', () => unsigned],
    [
      'with a bad key',
      () => ({
        ...unsigned,
        headers: [
          ['host', host],
          ['authorization', 'Bearer x'],
        ],
      }),
    ],
    ['with a wrong secret and a body hash', () => signedRequest({ host, secretAccessKey: 'guess' })],
    [
      'with a strange access key and no body hash',
      async () => {
        const { headers, ...rest } = await signedRequest({ host });
        const changed = headers
          .filter(([name]) => name !== 'x-amz-content-sha256')
          .map(([name, value]) => [name, value.replace('PROXYTEAMA', 'STRANGER')] as const);
        return { ...rest, headers: changed };
      },
    ],
  ])('%s is refused before the body arrives', async (_, request) => {
    const socket = await begin(headOf(await request(), 3 * MEGABYTE));
    expect(await firstWords(socket)).toBe('HTTP/1.1 403 Forbidden');
    socket.destroy();
  });

  it('that sends 20 MB is refused, and its connection is closed after as many bytes as a valid body may have', async () => {
    const socket = await begin(headOf(unsigned, 20 * MEGABYTE));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.alloc(MEGABYTE));
    expect(await firstWords(socket)).toBe('HTTP/1.1 403 Forbidden');
    for (let sent = 0; sent < 19 && socket.writable; sent += 1) {
      await new Promise((resolve) => socket.write(Buffer.alloc(MEGABYTE), resolve));
    }
    await closed;
    expect(socket.bytesWritten).toBeLessThan(20 * MEGABYTE);
  });

  it('with a short body may reuse the connection', async () => {
    const socket = await begin(headOf(unsigned, 5));
    expect(await firstWords(socket)).toBe('HTTP/1.1 403 Forbidden');
    socket.write(`12345${headOf(unsigned, 0)}`);
    expect(await firstWords(socket)).toBe('HTTP/1.1 403 Forbidden');
    socket.destroy();
  });

  it('over HTTP/2 is refused before the body arrives, and the stream ends', async () => {
    const session = connectHttp2(service.url);
    const stream = session.request({ ':method': 'POST', ':path': PATH }, { endStream: false });
    const [headers] = await once(stream, 'response');
    stream.resume();
    await once(stream, 'close');
    expect(headers).toMatchObject({ ':status': 403, 'x-amzn-errortype': 'AccessDeniedException' });
    const closed = once(session, 'close');
    session.close();
    await closed;
  });

  it('cannot make the proxy hold a body in memory', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const heads = Array.from({ length: 20 }, () => begin(headOf(unsigned, 3 * MEGABYTE)));
    const sockets = await Promise.all(heads);
    await Promise.all(sockets.map((socket) => firstWords(socket)));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * MEGABYTE);
    for (const socket of sockets) socket.destroy();
  });
});

describe('Every route', () => {
  /** Routes in Express's form: method and path, with `*modelId` for any model. */
  const routes = (): [method: string, path: string][] => {
    interface Layer {
      route?: { path: string; methods: Record<string, boolean> };
    }
    const { router } = service.proxy.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    return router.stack.flatMap(({ route }) =>
      route
        ? Object.keys(route.methods).map((method) => [method.toUpperCase(), route.path] as [string, string])
        : [],
    );
  };

  it('requires authentication, except probes and metrics', async () => {
    const statuses = await Promise.all(
      routes().map(async ([method, path]) => {
        const { status } = await fetch(service.url + path.replace(/\*\w+/, 'claude'), { method });
        return [path, status] as const;
      }),
    );
    expect(statuses.map(([path]) => path)).toEqual(
      expect.arrayContaining([...PUBLIC, '/model/*modelId/converse', '/foundation-models']),
    );
    // the doors of other APIs answer 401
    const open = statuses.filter(([, status]) => status !== 401 && status !== 403);
    expect(open.map(([path]) => path).toSorted()).toEqual(PUBLIC);
  });

  it('that does not exist is answered with 404 to unauthenticated clients, too', async () => {
    const response = await fetch(`${service.url}/model/claude/unknown`, { method: 'POST' });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      404,
      'UnknownOperationException',
    ]);
  });
});

describe('Without clients in the configuration', () => {
  it.each([
    ['no authorization', {}],
    ['any signature', { authorization: 'AWS4-HMAC-SHA256 Credential=any' }],
    ['any key', { authorization: 'Bearer any' }],
  ])('every request is accepted: with %s', async (_, headers) => {
    await using open = await Service.start();
    open.upstream.answerWith(answerJson(textCompletion('Hi')));
    const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
    const response = await fetch(open.url + PATH, { method: 'POST', body, headers: new Headers(headers) });
    expect(response.status).toBe(200);
  });
});
