import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ByteBudget } from '../../streaming/byte-budget.js';
import { RequestInFlight } from '../load/request-in-flight.js';
import { RequestsInFlight } from '../load/requests-in-flight.js';
import { readBody, SHORT_JSON_BYTES } from './read-body.js';

const MAX_BYTES = 1_000;
const ROOM_BYTES = 2_500;
const LIMITS = { maxBodyBytes: MAX_BYTES, bodyTimeoutMs: 10_000 };

describe('readBody', () => {
  let server: Server;
  let received: Promise<IncomingMessage>;

  beforeEach(async () => {
    const [bodies, answers] = [ROOM_BYTES, 0].map(
      (bytes) => new ByteBudget(bytes, () => new Error('no room')),
    );
    const requests = new RequestsInFlight(bodies!, answers!);
    server = createServer((request, response) => requests.enter(request, response));
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

  it('reads once, however often it is asked', async () => {
    send({}, 'once').end();
    const request = await received;
    const bodies = await Promise.all([readBody(request, LIMITS), readBody(request, LIMITS)]);
    expect(bodies[0]).toBe(bodies[1]);
  });

  it('gives an empty buffer for no body', async () => {
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

  it('refuses chunks for which there is no room beside other bodies', async () => {
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

  it('is not awaited any more when the process goes', async () => {
    send({}, 'half').flushHeaders();
    const request = await received;
    const body = readBody(request, LIMITS);
    RequestInFlight.of(request).abandonment.fire();
    await expect(body).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
  });

  it('refuses a body that does not come in time', async () => {
    send({}, 'half').flushHeaders();
    await expect(readBody(await received, { ...LIMITS, bodyTimeoutMs: 20 })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The request body did not come in time',
    });
  });

  it('refuses a body that is cut off', async () => {
    const client = send({ 'content-length': '100' }, 'half');
    const request = await received;
    const body = readBody(request, LIMITS);
    client.destroy();
    await expect(body).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
