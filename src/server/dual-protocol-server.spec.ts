import { once } from 'node:events';
import { get } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { Socket } from 'node:net';
import { ListeningServer, openConnection } from '../../test/support/dual-protocol.js';
import { until } from '../../test/support/until.js';
import type { ConnectionLimits } from './connection-limits.js';
import type { DualProtocolServer } from './dual-protocol-server.js';

const SHORT_MS = 50;

describe('DualProtocolServer', () => {
  let listening: ListeningServer;
  let server: DualProtocolServer;
  let port: number;

  async function start(limits: Partial<ConnectionLimits> = {}): Promise<void> {
    listening = await ListeningServer.start(({ method, httpVersion }) => `${method} ${httpVersion}`, {
      sweepMs: SHORT_MS,
      ...limits,
    });
    ({ server, port } = listening);
  }
  afterEach(() => listening[Symbol.asyncDispose]());

  const open = (): Promise<Socket> => openConnection(port);

  /** All data until the other end closes. */
  const rest = async (socket: Socket): Promise<string> => (await Array.fromAsync(socket)).join('');

  /** Writes one byte at a time, each after the previous one was sent. */
  async function sendByteByByte(socket: Socket, text: string): Promise<void> {
    for (const byte of Buffer.from(text, 'latin1')) {
      await new Promise((resolve) => socket.write(Buffer.of(byte), resolve));
      await new Promise(setImmediate);
    }
  }

  describe('detects', () => {
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

    it.each(['GET', 'POST', 'PUT', 'PROPFIND'])('%s requests that are sent byte by byte', async (method) => {
      const socket = await open();
      await sendByteByByte(
        socket,
        `${method} / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
      expect(await rest(socket)).toMatch(new RegExp(`^HTTP/1\\.1 200 OK[^]*${method} 1\\.1`));
    });

    it('HTTP/2 whose preface is sent byte by byte', async () => {
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
      ['a client that sends nothing', '', '', shortFirstBytes],
      ['a client that stops in the preface', 'PRI * HT', '', shortFirstBytes],
      ['a client that is slow with its headers', 'GET / HTTP/1.1\r\nhost:', 'HTTP/1.1 408', shortHeaders],
      [
        'a client that is slow with its body',
        'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf',
        'HTTP/1.1 408',
        shortRequest,
      ],
      ['bytes that are not HTTP', 'nonsense\r\n\r\n', 'HTTP/1.1 400'],
      ['an unknown version', 'GET / HTTP/9.9\r\n\r\n', 'HTTP/1.1 400'],
      ['a TLS handshake', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 'HTTP/1.1 400'],
      ['an invalid preface', 'PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n', ''],
    ])('%s', async (_, sent, answer, limits = {}) => {
      await start(limits);
      const socket = await open();
      socket.write(sent, 'latin1');
      const received = await rest(socket);
      // over HTTP/2, binary frames with the reason precede the end
      expect(sent.startsWith('PRI') ? '' : received.slice(0, 12)).toBe(answer);
    });

    it('no other clients because of them', async () => {
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

    it('connections without a request so far', async () => {
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

    it('after the active answers over HTTP/1.1', async () => {
      const answered = new Promise<string>((resolve) => {
        get({ port, host: '127.0.0.1', path: '/later' }, (response) => {
          void Array.fromAsync(response.setEncoding('utf8')).then((parts) => resolve(parts.join('')));
        });
      });
      await until(() => listening.answers.length > 0);
      const closed = server.close();
      await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      listening.answers[0]?.end('whole');
      expect(await answered).toBe('whole');
      await closed;
    });

    it('after the active answers over HTTP/2, whose clients get GOAWAY', async () => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      const stream = session.request({ ':path': '/later' }).setEncoding('utf8');
      await until(() => listening.answers.length > 0);
      const goneAway = once(session, 'goaway');
      const closed = server.close();
      expect((await goneAway)[0]).toBe(0); // NO_ERROR
      listening.answers[0]?.end('whole');
      expect((await Array.fromAsync(stream)).join('')).toBe('whole');
      await closed;
    });

    it('at once when it is destroyed', async () => {
      const socket = await open();
      socket.write('GET /later HTTP/1.1\r\nhost: x\r\n\r\n');
      await until(() => listening.answers.length > 0);
      server.destroy();
      expect(await rest(socket)).toBe('');
    });
  });
});
