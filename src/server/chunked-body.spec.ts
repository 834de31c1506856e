import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { Pool } from 'undici';
import { ChunkedBody } from './chunked-body.js';

describe('ChunkedBody', () => {
  let server: Server;
  let port: number;
  let parts: readonly Buffer[];
  let connections = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      const body = new ChunkedBody(response);
      for (const part of parts) body.write(part);
      body.end();
    });
    server.on('connection', () => (connections += 1));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port; // a TCP port, not a pipe
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  async function exchange(request: string): Promise<string> {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    socket.write(request);
    return (await text(socket)).replace(/\r\ndate: .*/i, '');
  }

  it('writes every part as a chunk', async () => {
    parts = ['one.', '', 'two two two two two.', '', '.'].map((part) => Buffer.from(part));
    expect(await exchange('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toBe(
      'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n' +
        '4\r\none.\r\n14\r\ntwo two two two two.\r\n1\r\n.\r\n0\r\n\r\n',
    );
  });

  it('writes the bytes without chunk framing to an HTTP/1.0 client', async () => {
    parts = ['one', 'two', 'three'].map((part) => Buffer.from(part));
    expect(await exchange('GET / HTTP/1.0\r\n\r\n')).toMatch(/\r\nConnection: close\r\n\r\nonetwothree$/);
  });

  it('writes no body for a response without one', async () => {
    parts = ['one', 'two'].map((part) => Buffer.from(part));
    expect(await exchange('HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 OK[^]*\r\n\r\n$/,
    );
  });

  it('can end without any data', async () => {
    parts = [];
    expect(await exchange('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/\r\n\r\n$/);
  });

  it('is received completely by a client over one connection, however it is split', async () => {
    const before = connections;
    const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5_000 }), { maxLength: 8 }), async (some) => {
        parts = some.map((part) => Buffer.from(part));
        const { body } = await pool.request({ method: 'GET', path: '/' });
        expect(Buffer.from(await body.arrayBuffer())).toEqual(Buffer.concat(parts));
      }),
    );
    await pool.close();
    expect(connections - before).toBe(1);
  });
});
