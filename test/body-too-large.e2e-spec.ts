import { connect, type Socket } from 'node:net';
import { Service } from './support/service.js';

const MEGABYTE = 1024 * 1024;
/** More than the buffers of a connection hold. */
const LIMIT = 8 * MEGABYTE;
const PATH = '/model/m/converse';

interface LateReader {
  readonly name: string;
  readonly bytes: number;
  readonly head: string;
  readonly encode: (body: Buffer) => Buffer;
}

const sized = (bytes: number): string => `content-length: ${bytes}`;
const asChunk = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);

/** Up to four times the limit: a client that does not even look at the connection before is told. */
const TOLD: readonly LateReader[] = [
  { name: 'a little too large', bytes: LIMIT + 1, head: sized(LIMIT + 1), encode: (body) => body },
  { name: 'three times as large', bytes: 3 * LIMIT, head: sized(3 * LIMIT), encode: (body) => body },
  {
    name: 'on a connection for one request',
    bytes: 3 * LIMIT,
    head: `connection: close\r\n${sized(3 * LIMIT)}`,
    encode: (body) => body,
  },
  { name: 'of unknown length', bytes: 3 * LIMIT, head: 'transfer-encoding: chunked', encode: asChunk },
];

describe('A client that sends all of its body before it reads', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start({ MAX_BODY_MB: String(LIMIT / MEGABYTE) });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it.each(TOLD)('is told that it is too large: $name', async ({ bytes, head, encode }) => {
    const socket = await sendAll(head, encode(Buffer.alloc(bytes, ' ')));
    const answer = await firstAnswer(socket);
    expect(answer).toContain('HTTP/1.1 400 ');
    expect(answer).toContain(`larger than ${LIMIT} bytes`);
  });

  it('is disconnected when it goes on without end', async () => {
    const socket = connect(service.proxy.port, '127.0.0.1').pause();
    const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
    socket.write(`POST ${PATH} HTTP/1.1\r\nhost: localhost\r\n${sized(1024 * LIMIT)}\r\n\r\n`);
    const piece = Buffer.alloc(MEGABYTE, ' ');
    while (!socket.destroyed) await written(socket, piece).catch(() => closed);
    expect(socket.bytesWritten).toBeLessThan(1024 * LIMIT);
  });

  /** Resolves to a connection whose body is sent and of which nothing has been read. */
  async function sendAll(head: string, body: Buffer): Promise<Socket> {
    const socket = connect(service.proxy.port, '127.0.0.1').pause();
    socket.write(`POST ${PATH} HTTP/1.1\r\nhost: localhost\r\n${head}\r\n\r\n`);
    await written(socket, body);
    return socket;
  }
});

/** The head and the body of an answer with a content-length. */
async function firstAnswer(socket: Socket): Promise<string> {
  let text = '';
  for await (const piece of socket.setEncoding('utf8') as AsyncIterable<string>) {
    text += piece;
    const [head = '', body = ''] = text.split('\r\n\r\n');
    if (body.length >= Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Infinity)) break;
  }
  return text;
}

function written(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
