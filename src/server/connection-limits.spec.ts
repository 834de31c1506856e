import { once, type EventEmitter } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { until } from '../../test/support/until.js';
import type { ConnectionLimits } from './connection-limits.js';
import { DualProtocolServer } from './dual-protocol-server.js';

const LONG_MS = 60_000;
const SHORT_MS = 50;
const LIMITS: ConnectionLimits = {
  maxConnections: 1_000,
  firstBytesMs: LONG_MS,
  headersMs: LONG_MS,
  maxHeaderBytes: 1_024,
  requestMs: 2 * LONG_MS,
  sweepMs: LONG_MS,
  keepAliveMs: LONG_MS,
  maxRequestsAtOnce: 4,
  streamResets: { burst: 8, perSecond: 1 },
  maxControlFramesPerSecond: 20,
  probeMs: LONG_MS,
};
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const LAST_REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
const ANSWER = /^HTTP\/1\.1 200[^]+hello/;
/** Of HTTP/2. https://www.rfc-editor.org/rfc/rfc9113#section-7 */
const CANCEL = 8;
const ENHANCE_YOUR_CALM = '\x0b';
const SETTINGS = '\0\0\0\x04\0\0\0\0\0';

describe('A front with limits', () => {
  let front: DualProtocolServer;
  let port: number;
  /** The paths that were asked for. */
  let heard: (string | undefined)[];

  async function start(limits: Partial<ConnectionLimits> = {}): Promise<void> {
    heard = [];
    front = new DualProtocolServer(
      {
        http1: (request, response) => {
          heard.push(request.url);
          if (request.url !== '/later') response.end('hello');
        },
        http2: (request, response) => {
          heard.push(request.url);
          if (request.url !== '/later') response.end('hello');
        },
      },
      { ...LIMITS, ...limits },
    );
    front.server.listen(0, '127.0.0.1');
    await once(front.server, 'listening');
    port = (front.server.address() as AddressInfo).port; // a TCP port, not a pipe
  }
  afterEach(async () => {
    front.destroy();
    await front.close();
  });

  async function open(): Promise<Socket> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    return socket.setEncoding('latin1');
  }

  /** Everything that comes until the other end closes, be it by a reset. */
  async function exchange(text: string): Promise<string> {
    const socket = await open();
    let received = '';
    socket.on('data', (part) => (received += String(part)));
    const closed = closeOf(socket);
    socket.write(text, 'latin1');
    await closed;
    return received;
  }

  const closeOf = (of: EventEmitter): Promise<void> =>
    new Promise((resolve) => void of.once('close', () => resolve()));

  async function openHttp2(): Promise<ClientHttp2Session> {
    const session = connectHttp2(`http://127.0.0.1:${port}`, { maxOutstandingPings: 1_000 });
    session.on('error', () => undefined);
    await once(session, 'remoteSettings');
    return session;
  }

  const answersOthers = async (): Promise<void> => expect(await exchange(LAST_REQUEST)).toMatch(ANSWER);

  describe('on connections', () => {
    beforeEach(() => start({ maxConnections: 2 }));

    it('closes one too many at once, and makes room for the next of what is idle', async () => {
      const idle = await open();
      idle.write(REQUEST);
      await once(idle, 'data');
      const busy = await open();
      busy.write(REQUEST.replace('/', '/later'));
      await until(() => heard.length >= 2);

      const idleEnds = once(idle, 'close');
      expect(await exchange(REQUEST)).toBe('');
      await idleEnds;
      await answersOthers();
      expect(busy.destroyed).toBe(false);
    });

    it('makes room of what has never asked for anything', async () => {
      const silent = await Promise.all([open(), open()]);
      silent.forEach((socket) => socket.resume());
      await until(async () => {
        // where only the older has made room, another takes its place
        if ((await exchange(LAST_REQUEST)) !== '') (await open()).resume();
        return silent.every((socket) => socket.closed);
      });
      let answer = '';
      await until(async () => (answer = await exchange(LAST_REQUEST)) !== '');
      expect(answer).toMatch(ANSWER);
    });
  });

  describe('on headers', () => {
    beforeEach(() => start());
    const large = 'x'.repeat(2 * LIMITS.maxHeaderBytes);

    it.each([
      ['a header', `GET / HTTP/1.1\r\nhost: x\r\nlarge: ${large}\r\n\r\n`],
      ['a name', `GET / HTTP/1.1\r\nhost: x\r\n${large}: x\r\n\r\n`],
      ['a path', `GET /${large} HTTP/1.1\r\nhost: x\r\n\r\n`],
      ['many headers', `GET / HTTP/1.1\r\nhost: x\r\n${'a: b\r\n'.repeat(512)}\r\n`],
    ])('answers 431 over HTTP/1.1: %s', async (_, text) => {
      expect(await exchange(text)).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
      expect(heard).toEqual([]);
    });

    it.each([
      ['a header', { large }],
      ['many headers', Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`a${index}`, 'b']))],
    ])('refuses the stream over HTTP/2, and not its neighbours: %s', async (_, headers) => {
      const session = await openHttp2();
      const stream = session.request({ ':path': '/', ...headers });
      await expect(once(stream, 'response')).rejects.toMatchObject({ code: 'ERR_HTTP2_STREAM_ERROR' });
      expect(heard).toEqual([]);
      const next = session.request({ ':path': '/' }).setEncoding('utf8');
      expect((await Array.fromAsync(next)).join('')).toBe('hello');
      session.close();
    });
  });

  describe('on requests at once', () => {
    beforeEach(() => start());

    it('answers as many as may be pipelined, in their order', async () => {
      const text = REQUEST.repeat(LIMITS.maxRequestsAtOnce - 1) + LAST_REQUEST;
      expect((await exchange(text)).match(/hello/g)).toHaveLength(LIMITS.maxRequestsAtOnce);
    });

    it('ends a connection with more of them, and looks at none that was too much', async () => {
      const later = REQUEST.replace('/', '/later');
      expect(await exchange(later.repeat(100))).toBe('');
      expect(heard).toHaveLength(LIMITS.maxRequestsAtOnce);
      await answersOthers();
    });

    it('has a client of HTTP/2 wait with more streams', async () => {
      const session = await openHttp2();
      expect(session.remoteSettings.maxConcurrentStreams).toBe(LIMITS.maxRequestsAtOnce);
      session.destroy();
    });
  });

  describe('on HTTP/2', () => {
    beforeEach(() => start());

    it('ends a connection that opens streams only to reset them', async () => {
      const session = await openHttp2();
      const closed = closeOf(session);
      await until(async () => {
        if (session.destroyed) return true;
        const stream = session.request({ ':path': '/later' }).on('error', () => undefined);
        await new Promise(setImmediate);
        stream.close(CANCEL);
        return false;
      });
      await closed;
      expect(heard.length).toBeLessThan(2 * LIMITS.streamResets.burst);
      await answersOthers();
    });

    it.each([
      ['PING', '\0\0\x08\x06\0\0\0\0\0whatever'],
      ['SETTINGS', SETTINGS],
    ])('ends a connection that floods it with %s frames', async (_, frame) => {
      const said = await exchange(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${SETTINGS}${frame.repeat(200)}`);
      // the last is GOAWAY: the last stream, and why
      expect(said.endsWith(`\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0${ENHANCE_YOUR_CALM}`)).toBe(true);
      await answersOthers();
    });

    it('leaves a connection alone that is pinged now and then', async () => {
      const session = await openHttp2();
      for (let frame = 0; frame < 10; frame++) {
        await new Promise((resolve) => session.ping(resolve));
      }
      expect(session.destroyed).toBe(false);
      session.close();
    });
  });

  it('tells an HTTP/2 client to go away that is silent for too long', async () => {
    await start({ keepAliveMs: SHORT_MS });
    const session = await openHttp2();
    const [code] = (await once(session, 'goaway')) as [number];
    expect(code).toBe(0);
  });
});
