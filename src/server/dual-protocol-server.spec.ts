import { once } from 'node:events';
import { get, type RequestListener, type ServerResponse } from 'node:http';
import { connect as connectHttp2, type Http2ServerResponse } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { until } from '../../test/support/until.js';
import type { ConnectionLimits } from './connection-limits.js';
import { DualProtocolServer } from './dual-protocol-server.js';

const SHORT_MS = 50;
const LONG_MS = 60_000;
const LIMITS: ConnectionLimits = {
  maxConnections: 1_000,
  firstBytesMs: LONG_MS,
  headersMs: LONG_MS,
  maxHeaderBytes: 1_024,
  requestMs: 2 * LONG_MS,
  sweepMs: SHORT_MS,
  keepAliveMs: LONG_MS,
  maxRequestsAtOnce: 4,
  streamResets: { burst: 8, perSecond: 1 },
  maxControlFramesPerSecond: 20,
  probeMs: LONG_MS,
};

describe('DualProtocolServer', () => {
  let server: DualProtocolServer;
  let port: number;
  /** The answers under way, for the tests that end them. */
  let answers: (ServerResponse | Http2ServerResponse)[];

  async function start(limits: Partial<ConnectionLimits> = {}): Promise<void> {
    answers = [];
    const later: RequestListener = (_request, response) => void answers.push(response);
    server = new DualProtocolServer(
      {
        http1: (request, response) => {
          if (request.url === '/later') return later(request, response);
          request.resume().on('end', () => response.end(`${request.method} ${request.httpVersion}`));
        },
        http2: (request, response) => {
          if (request.url === '/later') return void answers.push(response);
          response.end(`${request.method} ${request.httpVersion}`);
        },
      },
      { ...LIMITS, ...limits },
    );
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    port = (server.server.address() as AddressInfo).port; // a TCP port, not a pipe
  }
  afterEach(async () => {
    server.destroy();
    if (server.server.listening) await server.close();
  });

  async function open(): Promise<Socket> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    return socket.setNoDelay().setEncoding('latin1');
  }

  /** Everything that comes until the other end closes. */
  const rest = async (socket: Socket): Promise<string> => (await Array.fromAsync(socket)).join('');

  /** One byte a write, each after the one before has left. */
  async function sendByteByByte(socket: Socket, text: string): Promise<void> {
    for (const byte of Buffer.from(text, 'latin1')) {
      await new Promise((resolve) => socket.write(Buffer.of(byte), resolve));
      await new Promise(setImmediate);
    }
  }

  describe('tells the protocols apart', () => {
    beforeEach(() => start());

    it('HTTP/1.1', async () => {
      const response = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } });
      expect(await response.text()).toBe('GET 1.1');
    });

    it('HTTP/2', async () => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      const stream = session.request().setEncoding('utf8');
      expect((await Array.fromAsync(stream)).join('')).toBe('GET 2.0');
      session.close();
      await once(session, 'close');
    });

    it.each(['GET', 'POST', 'PUT', 'PROPFIND'])('%s byte by byte', async (method) => {
      const socket = await open();
      await sendByteByByte(
        socket,
        `${method} / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
      expect(await rest(socket)).toMatch(new RegExp(`^HTTP/1\\.1 200 OK[^]*${method} 1\\.1`));
    });

    it('the preface of HTTP/2 byte by byte', async () => {
      const socket = await open();
      const settings = '\0\0\0\x04\0\0\0\0\0';
      await sendByteByByte(socket, `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${settings}`);
      const [frame] = (await once(socket, 'data')) as [string];
      expect(frame.charCodeAt(3)).toBe(4); // a SETTINGS frame
      socket.destroy();
    });
  });

  describe('refuses', () => {
    const shortFirstBytes = { firstBytesMs: SHORT_MS };
    const shortHeaders = { headersMs: SHORT_MS };
    const shortRequest = { headersMs: SHORT_MS, requestMs: SHORT_MS };

    it.each<[client: string, sent: string, answer: string, limits?: Partial<ConnectionLimits>]>([
      ['a client that says nothing', '', '', shortFirstBytes],
      ['a client that stops in the preface', 'PRI * HT', '', shortFirstBytes],
      ['a client that is slow with its headers', 'GET / HTTP/1.1\r\nhost:', 'HTTP/1.1 408', shortHeaders],
      [
        'a client that is slow with its body',
        'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf',
        'HTTP/1.1 408',
        shortRequest,
      ],
      ['what is no HTTP', 'nonsense\r\n\r\n', 'HTTP/1.1 400'],
      ['a version that there is not', 'GET / HTTP/9.9\r\n\r\n', 'HTTP/1.1 400'],
      ['a TLS handshake', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 'HTTP/1.1 400'],
      ['a preface that goes wrong', 'PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n', ''],
    ])('%s', async (_, sent, answer, limits = {}) => {
      await start(limits);
      const socket = await open();
      socket.write(sent, 'latin1');
      const received = await rest(socket);
      // before it closes, HTTP/2 says in binary frames why
      expect(sent.startsWith('PRI') ? '' : received.slice(0, 12)).toBe(answer);
    });

    it('nobody else because of them', async () => {
      await start();
      const broken = await open();
      broken.write('nonsense\r\n\r\n');
      await rest(broken);
      const reset = await open();
      reset.write('POST / HTTP/1.1\r\n');
      reset.resetAndDestroy();
      const response = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } });
      expect(response.status).toBe(200);
    });
  });

  describe('closes', () => {
    beforeEach(() => start());

    it('connections that asked for nothing yet', async () => {
      const socket = await open();
      await Promise.all([server.close(), rest(socket)]);
      expect(server.server.listening).toBe(false);
    });

    it('idle connections', async () => {
      const socket = await open();
      socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      await once(socket, 'data');
      await Promise.all([server.close(), rest(socket)]);
    });

    it('after the answers under way over HTTP/1.1', async () => {
      const answered = new Promise<string>((resolve) => {
        get({ port, host: '127.0.0.1', path: '/later' }, (response) => {
          void Array.fromAsync(response.setEncoding('utf8')).then((parts) => resolve(parts.join('')));
        });
      });
      await until(() => answers.length > 0);
      const closed = server.close();
      await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      answers[0]?.end('whole');
      expect(await answered).toBe('whole');
      await closed;
    });

    it('after the answers under way over HTTP/2, whose clients are told to go away', async () => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      const stream = session.request({ ':path': '/later' }).setEncoding('utf8');
      await until(() => answers.length > 0);
      const goneAway = once(session, 'goaway');
      const closed = server.close();
      expect((await goneAway)[0]).toBe(0); // NO_ERROR
      answers[0]?.end('whole');
      expect((await Array.fromAsync(stream)).join('')).toBe('whole');
      await closed;
    });

    it('at once when it is destroyed', async () => {
      const socket = await open();
      socket.write('GET /later HTTP/1.1\r\nhost: x\r\n\r\n');
      await until(() => answers.length > 0);
      server.destroy();
      expect(await rest(socket)).toBe('');
    });
  });
});
