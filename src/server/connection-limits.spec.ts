import { once, type EventEmitter } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import {
  CONNECTION_LIMITS as LIMITS,
  ListeningServer,
  openConnection,
} from '../../test/support/dual-protocol.js';
import { until } from '../../test/support/until.js';
import type { ConnectionLimits } from './connection-limits.js';

const SHORT_MS = 50;
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const LAST_REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
const ANSWER = /^HTTP\/1\.1 200[^]+hello/;
/** Of HTTP/2. https://www.rfc-editor.org/rfc/rfc9113#section-7 */
const CANCEL = 8;
const ENHANCE_YOUR_CALM = '\x0b';
const SETTINGS = '\0\0\0\x04\0\0\0\0\0';

describe('DualProtocolServer with limits', () => {
  let listening: ListeningServer;
  let port: number;
  let paths: ListeningServer['paths'];

  async function start(limits: Partial<ConnectionLimits> = {}): Promise<void> {
    listening = await ListeningServer.start(() => 'hello', limits);
    ({ port, paths } = listening);
  }
  afterEach(() => listening[Symbol.asyncDispose]());

  const open = (): Promise<Socket> => openConnection(port);

  /** All data until the other end closes or resets the connection. */
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

    it('closes a connection over the limit, and closes an idle one for the next', async () => {
      const idle = await open();
      idle.write(REQUEST);
      await once(idle, 'data');
      const busy = await open();
      busy.write(REQUEST.replace('/', '/later'));
      await until(() => paths.length >= 2);

      const idleEnds = once(idle, 'close');
      expect(await exchange(REQUEST)).toBe('');
      await idleEnds;
      await answersOthers();
      expect(busy.destroyed).toBe(false);
    });

    it('closes connections without a request to admit others', async () => {
      const silent = await Promise.all([open(), open()]);
      silent.forEach((socket) => socket.resume());
      await until(async () => {
        // if only the older one was closed, another takes its place
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
      expect(paths).toEqual([]);
    });

    it.each([
      ['a header', { large }],
      ['many headers', Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`a${index}`, 'b']))],
    ])('refuses the stream over HTTP/2, but not other streams: %s', async (_, headers) => {
      const session = await openHttp2();
      const stream = session.request({ ':path': '/', ...headers });
      await expect(once(stream, 'response')).rejects.toMatchObject({ code: 'ERR_HTTP2_STREAM_ERROR' });
      expect(paths).toEqual([]);
      const next = session.request({ ':path': '/' }).setEncoding('utf8');
      expect((await Array.fromAsync(next)).join('')).toBe('hello');
      session.close();
    });
  });

  describe('on concurrent requests', () => {
    beforeEach(() => start());

    it('answers the allowed number of pipelined requests in their order', async () => {
      const text = REQUEST.repeat(LIMITS.maxRequestsAtOnce - 1) + LAST_REQUEST;
      expect((await exchange(text)).match(/hello/g)).toHaveLength(LIMITS.maxRequestsAtOnce);
    });

    it('closes a connection with more of them, and does not handle those over the limit', async () => {
      const later = REQUEST.replace('/', '/later');
      expect(await exchange(later.repeat(100))).toBe('');
      expect(paths).toHaveLength(LIMITS.maxRequestsAtOnce);
      await answersOthers();
    });

    it('announces the limit of streams to HTTP/2 clients', async () => {
      const session = await openHttp2();
      expect(session.remoteSettings.maxConcurrentStreams).toBe(LIMITS.maxRequestsAtOnce);
      session.destroy();
    });
  });

  describe('on HTTP/2', () => {
    beforeEach(() => start());

    it('closes a connection that opens streams only to reset them', async () => {
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
      expect(paths.length).toBeLessThan(2 * LIMITS.streamResets.burst);
      await answersOthers();
    });

    it.each([
      ['PING', '\0\0\x08\x06\0\0\0\0\0whatever'],
      ['SETTINGS', SETTINGS],
    ])('closes a connection that floods it with %s frames', async (_, frame) => {
      const said = await exchange(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${SETTINGS}${frame.repeat(200)}`);
      // the last frame is GOAWAY with the last stream and the reason
      expect(said.endsWith(`\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0${ENHANCE_YOUR_CALM}`)).toBe(true);
      await answersOthers();
    });

    it('does not close a connection with a few pings', async () => {
      const session = await openHttp2();
      for (let frame = 0; frame < 10; frame++) {
        await new Promise((resolve) => session.ping(resolve));
      }
      expect(session.destroyed).toBe(false);
      session.close();
    });
  });

  it('sends GOAWAY to an HTTP/2 client that is silent for too long', async () => {
    await start({ keepAliveMs: SHORT_MS });
    const session = await openHttp2();
    const [code] = (await once(session, 'goaway')) as [number];
    expect(code).toBe(0);
  });
});
