import type { Server } from 'node:net';
import { createServer } from 'node:tls';
import type { ProtocolServers } from './cleartext-listener.js';
import { socketOptions, type ConnectionLimits } from './connection-limits.js';

/** PEM. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Listens for TLS. ALPN decides the protocol; clients without ALPN get HTTP/1.1. */
export function tlsListener(
  { http1, http2 }: ProtocolServers,
  certificate: Certificate,
  limits: ConnectionLimits,
): Server {
  const options = {
    ...socketOptions(limits),
    ...certificate,
    ALPNProtocols: ['h2', 'http/1.1'],
    handshakeTimeout: limits.firstBytesMs,
  };
  return createServer(options, (socket) => {
    socket.on('error', () => socket.destroy());
    (socket.alpnProtocol === 'h2' ? http2 : http1).emit('connection', socket);
  });
}
