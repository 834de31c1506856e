import { once } from 'node:events';
import { request as openRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { ActiveRequests } from '../src/server/load/active-requests.js';
import { chunk, textCompletion } from './support/answers.js';
import { Http2Client } from './support/http2-client.js';
import { sendRaw } from './support/raw-request.js';
import { answerJson, toServerSentEvent, type UpstreamScript } from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { until } from './support/until.js';

const PATH = '/model/m/converse';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const PIECE = 'x'.repeat(4 * 1024 * 1024);
/** More than both systems buffer of an answer that nobody reads: some 4 MB to send, 6 MB received. */
const LARGE = PIECE.repeat(5);
const CANCEL = 8;
/** Even on a busy machine many more streams are reset per second than the proxy allows. */
const STREAMS_AT_ONCE = 20;
/** A client without waits needs far less time, even on a busy machine. */
const SHORT_MS = '1000';

describe('A service with hostile clients', () => {
  let service: Service;

  async function start(variables: Parameters<typeof Service.start>[0] = {}): Promise<void> {
    service = await Service.start(variables);
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
  }
  afterEach(async () => {
    await servesOthers();
    await service[Symbol.asyncDispose]();
  });

  async function servesOthers(): Promise<void> {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    expect((await sendRaw(service.url, { path: PATH, body: BODY })).status).toBe(200);
    await until(() => service.proxy.app.get(ActiveRequests).count === 0);
  }

  async function open(): Promise<Socket> {
    const socket = connect(service.proxy.port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    return socket.setEncoding('latin1');
  }

  /** All bytes until the other end closes or resets the connection. */
  async function received(socket: Socket): Promise<string> {
    let text = '';
    socket.on('data', (part) => (text += String(part)));
    await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    return text;
  }

  describe('that send nothing', () => {
    beforeEach(() => start({ HEADERS_TIMEOUT_MS: SHORT_MS }));

    it.each([
      ['at all', ''],
      ['after the first bytes of a preface', 'PRI *'],
    ])('closes their connections: %s', async (_, text) => {
      const socket = await open();
      socket.write(text);
      expect(await received(socket)).toBe('');
    });
  });

  describe('that send a body slowly', () => {
    beforeEach(() => start({ BODY_TIMEOUT_MS: SHORT_MS }));
    const message = 'The request body did not come in time';

    it('refuses them over HTTP/1.1', async () => {
      const sending = openRequest(service.url + PATH, { method: 'POST', agent: false });
      sending.on('error', () => undefined).write('{"messages":');
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe(400);
      expect((await Array.fromAsync(response.setEncoding('utf8'))).join('')).toContain(message);
      sending.destroy();
    });

    it('refuses them over HTTP/2, but not other streams of the connection', async () => {
      const http2 = new Http2Client(service.url);
      const stream = http2.session.request({ ':method': 'POST', ':path': PATH }, { endStream: false });
      stream.on('error', () => undefined).write('{"messages":');
      let body = '';
      stream.setEncoding('utf8').on('data', (part) => (body += String(part)));
      const [[headers]] = await Promise.all([once(stream, 'response'), once(stream, 'close')]);
      expect([headers[':status'], body]).toEqual([400, JSON.stringify({ message })]);
      expect((await http2.post(PATH, BODY)).status).toBe(200);
      await http2.close();
    });
  });

  describe('that do not read', () => {
    beforeEach(() => start({ CLIENT_STALL_TIMEOUT_MS: SHORT_MS }));
    const flood: UpstreamScript = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let piece = 0; piece < 5; piece++) response.write(toServerSentEvent(chunk({ content: PIECE })));
    };

    it.each([
      ['an answer', PATH, answerJson(textCompletion(LARGE))],
      ['a stream', `${PATH}-stream`, flood],
    ])('disconnects them over HTTP/1.1: %s', async (_, path, answer) => {
      service.upstream.answerWith(answer);
      const socket = await open();
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
      );
      socket.pause();
      await service.upstream.received(1);
      await service.upstream.socketsDownTo(path === PATH ? 1 : 0);
      await until(() => service.proxy.app.get(ActiveRequests).count === 0);
      // only the bytes that both systems had buffered
      expect((await received(socket.resume())).length).toBeLessThan(LARGE.length);
    });

    it.each([
      ['an answer', PATH, answerJson(textCompletion(PIECE))],
      ['a stream', `${PATH}-stream`, flood],
    ])('disconnects them over HTTP/2: %s', async (_, path, answer) => {
      service.upstream.answerWith(answer);
      const http2 = new Http2Client(service.url);
      const stream = http2.open(path, BODY);
      await once(stream, 'response');
      await new Promise<void>((resolve) => stream.once('close', () => resolve()));
      expect((await http2.post('/model/m/unknown', '')).status).toBe(404);
      await http2.close();
    });
  });

  describe('that exceed a limit', () => {
    beforeEach(() => start({ MAX_CONNECTIONS: '8' }));

    it('serves other clients while hundreds of connections are idle', async () => {
      const idle: Socket[] = [];
      for (let count = 0; count < 300; count++) idle.push(await open());
      await until(async () => {
        const sent = sendRaw(service.url, { path: PATH, body: BODY });
        return sent.then(({ status }) => status === 200).catch(() => false);
      });
      idle.forEach((socket) => socket.destroy());
    });

    it('answers 431 to large headers over HTTP/1.1', async () => {
      const headers = { large: 'x'.repeat(17_000) };
      expect(await sendRaw(service.url, { path: PATH, headers, body: BODY })).toMatchObject({ status: 431 });
    });

    it('accepts headers as large as those of signed requests with session tokens', async () => {
      const headers = { large: 'x'.repeat(15_000) };
      expect((await sendRaw(service.url, { path: PATH, headers, body: BODY })).status).toBe(200);
      const http2 = new Http2Client(service.url);
      expect((await http2.post(PATH, BODY, headers)).status).toBe(200);
      await http2.close();
    });

    it('closes a connection that pipelines without limit', async () => {
      service.upstream.answerWith(() => undefined);
      const socket = await open();
      const request = `POST ${PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
      socket.write(request.repeat(1_000));
      expect(await received(socket)).toBe('');
      expect(service.upstream.requests.length).toBeLessThanOrEqual(256);
    });

    it('closes a connection that resets its streams without limit, and ends their upstream calls', async () => {
      service.upstream.answerWith(() => undefined);
      const { session } = new Http2Client(service.url);
      await until(async () => {
        if (session.destroyed) return true;
        const streams = Array.from({ length: STREAMS_AT_ONCE }, () => {
          const stream = session.request({ ':method': 'POST', ':path': PATH }, { endStream: false });
          return stream.on('error', () => undefined);
        });
        streams[0]?.end(BODY); // a call; the others cost less, so that they are many on a slow machine too
        await new Promise(setImmediate);
        for (const stream of streams) stream.close(CANCEL);
        return false;
      });
      await service.upstream.socketsDownTo(0);
    });
  });

  describe('that disconnect', () => {
    beforeEach(() => start());

    it('does not keep the upstream when they disconnect in the middle of their body', async () => {
      const socket = await open();
      socket.write(`POST ${PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${BODY.length}\r\n\r\n{`);
      await until(() => service.proxy.app.get(ActiveRequests).count > 0);
      socket.resetAndDestroy();
      await servesOthers();
      expect(service.upstream.requests).toHaveLength(1);
    });

    it('ends the upstream call when they close their side of the connection', async () => {
      service.upstream.answerWith(() => undefined);
      const socket = await open();
      socket.write(
        `POST ${PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
      );
      await service.upstream.received(1);
      socket.end();
      await service.upstream.socketsDownTo(0);
      expect(await received(socket)).toBe('');
    });
  });
});
