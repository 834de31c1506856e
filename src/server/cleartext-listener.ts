import type { Server as Http1Server } from 'node:http';
import type { Http2Server } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { socketOptions, type ConnectionLimits } from './connection-limits.js';

export interface ProtocolServers {
  readonly http1: Http1Server;
  readonly http2: Http2Server;
}

/** The first bytes of every HTTP/2 connection. https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const PREFACE = Buffer.from('PRI * HTTP/2.0');
const NOTHING = Buffer.alloc(0);

/** Listens for HTTP/1.1 and HTTP/2 with prior knowledge, and tells them apart by the first bytes. */
export function cleartextListener(servers: ProtocolServers, limits: ConnectionLimits): Server {
  const { firstBytesMs } = limits;
  return createServer(socketOptions(limits), (socket) => {
    socket.on('error', () => socket.destroy());
    const timer = setTimeout(() => socket.destroy(), firstBytesMs);
    socket.once('close', () => clearTimeout(timer));
    readFirstBytes(socket, NOTHING, (first) => {
      clearTimeout(timer);
      socket.unshift(first);
      const isHttp2 = first.subarray(0, PREFACE.length).equals(PREFACE);
      (isHttp2 ? servers.http2 : servers.http1).emit('connection', socket);
    });
  });
}

/** Reads until the bytes differ from the preface or are complete: PROPFIND begins like it. */
function readFirstBytes(socket: Socket, before: Buffer, done: (first: Buffer) => void): void {
  socket.once('readable', () => {
    const read = socket.read() as Buffer | null; // bytes: no encoding is set
    const first = read === null ? before : Buffer.concat([before, read]);
    const mayBePreface = first.equals(PREFACE.subarray(0, first.length));
    if (first.length < PREFACE.length && mayBePreface) return readFirstBytes(socket, first, done);
    done(first);
  });
}
