import { hash } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ByteBudget } from '../../streaming/byte-budget.js';
import { ActiveRequest } from '../load/active-request.js';
import { ActiveRequests } from '../load/active-requests.js';
import { hashBody, readBody, SHORT_JSON_BYTES } from './read-body.js';

const MAX_BYTES = 1_000;
const ROOM_BYTES = 2_500;
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const LIMITS = { maxBodyBytes: MAX_BYTES, bodyTimeoutMs: 10_000 };

describe('readBody', () => {
  let server: Server;
  let received: Promise<IncomingMessage>;

  beforeEach(async () => {
    const [bodies, answers] = [ROOM_BYTES, 0].map(
      (bytes) => new ByteBudget(bytes, () => new Error('no room')),
    );
    const requests = new ActiveRequests(bodies!, answers!);
    server = createServer((request, response) => requests.add(request, response));
    received = new Promise((resolve) => server.on('request', resolve));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const send = (headers: Record<string, string>, ...chunks: string[]) => {
    const { port } = server.address() as AddressInfo; // a TCP port, not a pipe
    const client = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers });
    client.on('error', () => undefined);
    for (const chunk of chunks) client.write(chunk);
    return client;
  };

  it('joins the chunks, whatever the content type', async () => {
    send({ 'content-type': 'text/plain' }, '{"a":', '1}').end();
    await expect(readBody(await received, LIMITS)).resolves.toEqual(Buffer.from('{"a":1}'));
  });

  it('reads the body once, however often it is called', async () => {
    send({}, 'once').end();
    const request = await received;
    const bodies = await Promise.all([readBody(request, LIMITS), readBody(request, LIMITS)]);
    expect(bodies[0]).toBe(bodies[1]);
  });

  it('hashes the body while it reads it, in any order and number of calls', async () => {
    send({}, '{"a":', '1}').end();
    const request = await received;
    const asked = [hashBody(request, LIMITS), readBody(request, LIMITS), hashBody(request, LIMITS)];
    const digest = hash('sha256', '{"a":1}');
    expect(await Promise.all(asked)).toEqual([digest, Buffer.from('{"a":1}'), digest]);
  });

  it('hashes a body that is being read', async () => {
    send({}, '{"a":', '1}').end();
    const request = await received;
    void readBody(request, LIMITS);
    await expect(hashBody(request, LIMITS)).resolves.toBe(hash('sha256', '{"a":1}'));
  });

  it('hashes a body that has been read', async () => {
    send({}, 'read').end();
    const request = await received;
    await readBody(request, LIMITS);
    await expect(hashBody(request, LIMITS)).resolves.toBe(hash('sha256', 'read'));
  });

  it.each([
    ['too large', { 'content-length': '1001' }, []],
    ['growing too large', {}, ['x'.repeat(600), 'x'.repeat(600)]],
    ['compressed', { 'content-encoding': 'gzip' }, ['x']],
  ])('does not hash a body that is %s', async (_, headers, chunks) => {
    send(headers, ...chunks).flushHeaders();
    await expect(hashBody(await received, LIMITS)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('returns an empty buffer for a request without a body', async () => {
    send({}).end();
    await expect(readBody(await received, LIMITS)).resolves.toHaveLength(0);
  });

  it('accepts a body of exactly the limit', async () => {
    send({}, 'x'.repeat(MAX_BYTES)).end();
    await expect(readBody(await received, LIMITS)).resolves.toHaveLength(MAX_BYTES);
  });

  it.each([
    ['a content-length over the limit, before a byte is read', { 'content-length': '1001' }, []],
    ['chunks over the limit', {}, ['x'.repeat(600), 'x'.repeat(600)]],
  ])('refuses %s', async (_, headers, chunks) => {
    send(headers, ...chunks).flushHeaders();
    await expect(readBody(await received, LIMITS)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The request body is larger than 1000 bytes',
    });
  });

  it('refuses a compressed body', async () => {
    send({ 'content-encoding': 'gzip' }, 'x').end();
    await expect(readBody(await received, LIMITS)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('refuses long JSON that is too deep before it has ended', async () => {
    const large = { ...LIMITS, maxBodyBytes: 2 * SHORT_JSON_BYTES };
    send({}, '['.repeat(60), '['.repeat(60), ' '.repeat(SHORT_JSON_BYTES)).flushHeaders();
    await expect(readBody(await received, large)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The request body is nested deeper than 100 levels',
    });
  });

  it.each([
    ['in its first part', nested(101), ' '.repeat(SHORT_JSON_BYTES)],
    ['in its last bytes', ' '.repeat(SHORT_JSON_BYTES), nested(101)],
    ['over a border of its parts', ' '.repeat(SHORT_JSON_BYTES) + '['.repeat(60), '['.repeat(60)],
  ])('refuses long JSON that is too deep %s', async (_, first, second) => {
    send({}, first).end(second);
    const read = readBody(await received, { ...LIMITS, maxBodyBytes: 2 * SHORT_JSON_BYTES });
    await expect(read).rejects.toMatchObject({
      message: 'The request body is nested deeper than 100 levels',
    });
  });

  it('refuses chunks that exceed the byte budget', async () => {
    const other = send({}, 'x'.repeat(MAX_BYTES)); // and more, perhaps
    const otherRequest = await received;
    received = new Promise((resolve) => server.once('request', resolve));
    void readBody(otherRequest, LIMITS).catch(() => undefined);
    await once(otherRequest, 'data');
    send({}, 'x'.repeat(MAX_BYTES)).end('x'.repeat(MAX_BYTES));
    await expect(readBody(await received, { ...LIMITS, maxBodyBytes: 10 * MAX_BYTES })).rejects.toThrow(
      'no room',
    );
    other.destroy();
  });

  it('stops waiting for the body when the process shuts down', async () => {
    send({}, 'half').flushHeaders();
    const request = await received;
    const body = readBody(request, LIMITS);
    ActiveRequest.of(request).cancellation.cancel();
    await expect(body).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
  });

  it('refuses a body that does not arrive in time', async () => {
    send({}, 'half').flushHeaders();
    await expect(readBody(await received, { ...LIMITS, bodyTimeoutMs: 20 })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The request body did not come in time',
    });
  });

  it('refuses an incomplete body', async () => {
    const client = send({ 'content-length': '100' }, 'half');
    const request = await received;
    const body = readBody(request, LIMITS);
    client.destroy();
    await expect(body).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
