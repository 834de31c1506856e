import { once } from 'node:events';
import { constants, type IncomingHttpHeaders } from 'node:http2';
import { connect } from 'node:tls';
import { chunk, textChunks, textCompletion } from './support/answers.js';
import { TrustedCertificate } from './support/certificate.js';
import { answerOf, Http2Client } from './support/http2-client.js';
import { answerChunks, answerJson, toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const CONVERSE = '/model/m/converse';
const CONVERSE_STREAM = '/model/m/converse-stream';
const ask = (text: string) => JSON.stringify({ messages: [{ role: 'user', content: [{ text }] }] });
const BODY = ask('Hello');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('One port', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => {
    service.reset();
    service.upstream.answerWith((request, response) => {
      const isStream = (request.body as { stream?: boolean }).stream === true; // a chat completion request
      const answer = isStream ? answerChunks(textChunks('Hi')) : answerJson(textCompletion('Hi'));
      return answer(request, response);
    });
  });

  it('serves HTTP/1.1 and HTTP/2 at the same time', async () => {
    const http2 = new Http2Client(service.url);
    const [one, two] = await Promise.all([
      fetch(service.url + CONVERSE, { method: 'POST', body: BODY }).then(async (response) => response.json()),
      http2.post(CONVERSE, BODY).then(({ body }) => JSON.parse(body.toString()) as unknown),
    ]);
    expect(one).toMatchObject({ output: { message: { content: [{ text: 'Hi' }] } } });
    expect(two).toMatchObject({ output: { message: { content: [{ text: 'Hi' }] } } });
    await http2.close();
  });

  it('serves 50 concurrent calls on one HTTP/2 connection, answers and streams', async () => {
    const http2 = new Http2Client(service.url);
    const { promise: all, resolve } = Promise.withResolvers<void>();
    void service.upstream.received(50).then(resolve);
    service.upstream.answerWith(async (request, response) => {
      await all; // nobody is answered before everybody has asked
      const { stream, messages } = request.body as { stream?: boolean; messages: [{ content: string }] };
      const [{ content }] = messages;
      const answer = stream ? answerChunks(textChunks(content)) : answerJson(textCompletion(content));
      return answer(request, response);
    });
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) =>
        http2.post(index % 2 ? CONVERSE_STREAM : CONVERSE, ask(`number ${index}`)),
      ),
    );
    expect(answers.map(({ status, body }, index) => [status, body.includes(`"number ${index}"`)])).toEqual(
      answers.map(() => [200, true]),
    );
    await http2.close();
  });

  it('finishes its answers for a client that sends GOAWAY right after the headers', async () => {
    const http2 = new Http2Client(service.url);
    const { promise: gone, resolve: leave } = Promise.withResolvers<void>();
    service.upstream.answerWith(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const [role, first, ...others] = textChunks('One', 'Two');
      response.write(toServerSentEvent(role) + toServerSentEvent(first));
      await gone;
      for (const other of others) response.write(toServerSentEvent(other));
      response.end('data: [DONE]\n\n');
    });
    const stream = http2.open(CONVERSE_STREAM, BODY);
    await once(stream, 'response');
    http2.session.goaway(constants.NGHTTP2_NO_ERROR);
    http2.session.close();
    leave();
    const bytes = Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>)).toString('latin1');
    expect(['One', 'Two', 'messageStop', 'metadata'].map((word) => bytes.includes(word))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it.each([
    ['none', undefined],
    ['application/json', 'application/json'],
    ['text/plain', 'text/plain'],
    ['what nobody knows', 'application/x-amz-json-1.1; charset="x'],
  ])('accepts any content type: %s', async (_, contentType) => {
    const http2 = new Http2Client(service.url);
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    expect(await http2.post(CONVERSE, BODY, headers)).toMatchObject({ status: 200 });
    await http2.close();
    const body = Buffer.from(BODY); // of a string, fetch would guess the type
    const response = await fetch(service.url + CONVERSE, { method: 'POST', body, headers });
    expect(response.status).toBe(200);
  });

  describe('gives every answer an id', () => {
    const CASES = [
      { answer: 'an answer', method: 'POST', path: CONVERSE, body: BODY, status: 200 },
      { answer: 'a stream', method: 'POST', path: CONVERSE_STREAM, body: BODY, status: 200 },
      { answer: 'a refusal', method: 'POST', path: CONVERSE, body: '{}', status: 400 },
      { answer: 'what is no JSON', method: 'POST', path: CONVERSE, body: '{', status: 400 },
      { answer: 'an unknown path', method: 'POST', path: '/unknown', body: BODY, status: 404 },
      { answer: 'an unknown method', method: 'DELETE', path: CONVERSE, body: '', status: 404 },
      {
        answer: 'a path that cannot be decoded',
        method: 'POST',
        path: '/model/%ff/converse',
        body: BODY,
        status: 400,
      },
      { answer: 'health', method: 'GET', path: '/health', body: '', status: 200 },
    ];

    it.each(CASES)('over HTTP/1.1: $answer', async ({ method, path, body, status }) => {
      const response = await fetch(service.url + path, { method, ...(body !== '' && { body }) });
      await response.arrayBuffer();
      expect(response.status).toBe(status);
      expect(response.headers.get('x-amzn-requestid')).toMatch(UUID);
      expect(response.headers.get('date')).not.toBeNull();
      expect(response.headers.get('x-powered-by')).toBeNull();
    });

    it.each(CASES)('over HTTP/2: $answer', async ({ method, path, body, status }) => {
      const http2 = new Http2Client(service.url);
      const answer = await http2.post(path, body, { ':method': method });
      expect(answer.status).toBe(status);
      expect(answer.headers['x-amzn-requestid']).toMatch(UUID);
      await http2.close();
    });

    it('that is unique', async () => {
      const http2 = new Http2Client(service.url);
      const answers = await Promise.all([1, 2, 3].map(async () => http2.post(CONVERSE, BODY)));
      expect(new Set(answers.map(({ headers }) => headers['x-amzn-requestid'])).size).toBe(3);
      await http2.close();
    });
  });

  it('sends the content type of an event stream, and does not compress', async () => {
    const response = await fetch(service.url + CONVERSE_STREAM, { method: 'POST', body: BODY });
    await response.arrayBuffer();
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  it('answers errors of a connection in the same form as other errors', async () => {
    const http2 = new Http2Client(service.url);
    const { headers, body } = await http2.post('/unknown', BODY);
    expect(headers).toMatchObject<IncomingHttpHeaders>({
      'x-amzn-errortype': 'UnknownOperationException',
      'content-type': 'application/json',
    });
    expect(JSON.parse(body.toString())).toEqual({ message: expect.any(String) as string });
    await expect(http2.post(CONVERSE, BODY)).resolves.toMatchObject({ status: 200 });
    await http2.close();
  });

  it('continues a stream when another one is cancelled on the same connection', async () => {
    const http2 = new Http2Client(service.url);
    const { promise: cancelled, resolve } = Promise.withResolvers<void>();
    service.upstream.answerWith(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      await cancelled;
      for (const last of textChunks('Two')) response.write(toServerSentEvent(last));
      response.end('data: [DONE]\n\n');
    });
    const kept = http2.open(CONVERSE_STREAM, BODY);
    const left = http2.open(CONVERSE_STREAM, BODY);
    await Promise.all([once(kept, 'response'), once(left, 'response')]);
    left.close(constants.NGHTTP2_CANCEL);
    await service.upstream.socketsDownTo(1);
    resolve();
    const bytes = Buffer.concat(await Array.fromAsync(kept as AsyncIterable<Buffer>));
    expect(bytes.includes('messageStop')).toBe(true);
    await http2.close();
  });
});

describe('One port with TLS', () => {
  let certificate: TrustedCertificate;
  let service: Service;

  beforeAll(async () => {
    certificate = await TrustedCertificate.create();
    service = await Service.start({ TLS_CERT_FILE: certificate.certFile, TLS_KEY_FILE: certificate.keyFile });
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await certificate[Symbol.asyncDispose]();
  });

  it.each([
    ['HTTP/2', ['h2'], 'h2'],
    ['HTTP/1.1', ['http/1.1'], 'http/1.1'],
    ['HTTP/2 before HTTP/1.1', ['http/1.1', 'h2'], 'h2'],
    ['no offer', undefined, false],
  ])('agrees on a protocol with a client that offers %s', async (_, ALPNProtocols, agreed) => {
    const socket = connect({
      port: service.proxy.port,
      host: '127.0.0.1',
      ...(ALPNProtocols && { ALPNProtocols }),
    });
    await once(socket, 'secureConnect');
    expect({ alpn: socket.alpnProtocol, trusted: socket.authorized }).toEqual({
      alpn: agreed,
      trusted: true,
    });
    socket.destroy();
  });

  it('refuses a client that offers neither protocol', async () => {
    const socket = connect({ port: service.proxy.port, host: '127.0.0.1', ALPNProtocols: ['spdy/3'] });
    await expect(once(socket, 'secureConnect')).rejects.toThrow(/no application protocol/);
  });

  it('answers over both', async () => {
    const http2 = new Http2Client(service.url);
    await expect(answerOf(http2.open(CONVERSE, BODY))).resolves.toMatchObject({ status: 200 });
    const response = await fetch(service.url + CONVERSE, { method: 'POST', body: BODY });
    expect(response.status).toBe(200);
    await http2.close();
  });
});
