import type { Server as Http1Server } from 'node:http';
import type { Http2Server } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

export interface ProtocolServers {
  readonly http1: Http1Server;
  readonly http2: Http2Server;
}

/** What every HTTP/2 client sends first. https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const PREFACE = Buffer.from('PRI * HTTP/2.0');
const FIRST_BYTES_TIMEOUT_MS = 30_000;

/** Hears HTTP/1.1, and HTTP/2 by prior knowledge, and tells them apart by the first bytes. */
export function cleartextListener(servers: ProtocolServers): Server {
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.setTimeout(FIRST_BYTES_TIMEOUT_MS, () => socket.destroy());
    socket.once('readable', () => handOver(socket, servers));
  });
}

function handOver(socket: Socket, servers: ProtocolServers): void {
  const first = socket.read() as Buffer | null; // bytes: no encoding is set
  if (first === null) return void socket.once('readable', () => handOver(socket, servers));
  socket.setTimeout(0).removeAllListeners('timeout');
  socket.unshift(first);
  const { http1, http2 } = servers;
  const length = Math.min(first.length, PREFACE.length);
  const isHttp2 = first.subarray(0, length).equals(PREFACE.subarray(0, length));
  (isHttp2 ? http2 : http1).emit('connection', socket);
}
