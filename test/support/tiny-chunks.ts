import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { RawHttp2, statusOf } from './raw-http2.ts';

/** More bytes than one read returns. */
const CHUNKS_AT_ONCE = 100_000;

/** The end of a chunked body. */
export const LAST_CHUNK = '0\r\n\r\n';

/** A POST whose body is sent in single bytes. */
export interface TinyChunksRequest {
  /** Resolves when the body was sent, except for its end, or the connection has closed. */
  readonly sent: Promise<unknown>;
  /** Sends the end of the body and closes the connection. Resolves to the status of the answer. */
  end(): Promise<number>;
}

/** The request, without a body. */
interface Head {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export async function postOverHttp1({ port, path, headers }: Head, body: string): Promise<TinyChunksRequest> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
  socket.on('error', () => undefined);
  const answered = once(socket, 'data') as Promise<[string]>;
  const lines = Object.entries({ host: '127.0.0.1', 'transfer-encoding': 'chunked', ...headers });
  socket.write(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return {
    sent: sendInTinyChunks(socket, body),
    end: async () => {
      socket.write(LAST_CHUNK);
      const [answer] = await answered;
      socket.destroy();
      return Number(answer.slice(9, 12));
    },
  };
}

export async function postOverHttp2({ port, path, headers }: Head, body: string): Promise<TinyChunksRequest> {
  const connection = await RawHttp2.connect(port);
  connection.open(1, path, headers);
  const sent = connection.bytes(1, body);
  return {
    sent,
    end: async () => {
      if (await sent) connection.data(1, '', true);
      const frames = await connection.until((received) => received.some(({ endStream }) => endStream));
      connection.close();
      const answer = frames.find(({ type }) => type === 'headers');
      return answer === undefined ? 0 : statusOf(answer);
    },
  };
}

/**
 * Sends `body`, which is ASCII, with each byte as a chunk of its own, as fast as the socket accepts them, until
 * the socket closes. The last chunk is not sent.
 */
export async function sendInTinyChunks(socket: Socket, body: string): Promise<void> {
  for (let sent = 0; sent < body.length && !socket.destroyed; sent += CHUNKS_AT_ONCE) {
    const bytes = body.slice(sent, sent + CHUNKS_AT_ONCE);
    if (!socket.write(bytes.replaceAll(/[^]/g, '1\r\n$&\r\n'))) await drained(socket);
  }
}

function drained(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const settle = (): void => {
    socket.off('drain', settle).off('close', settle);
    resolve();
  };
  socket.on('drain', settle).on('close', settle);
  return promise;
}
