import type { Server, Socket } from 'node:net';
import type { ProtocolServers } from './cleartext-listener.js';

/**
 * Connections that have asked for nothing yet, such as clients open ahead of need. To Node they are no idle
 * ones, so they would hold up the end of the process.
 */
export class UnusedConnections {
  private readonly sockets = new Map<string, Socket>();

  constructor(listener: Server, { http1, http2 }: ProtocolServers) {
    listener.on('connection', (socket: Socket) => {
      const peer = peerOf(socket);
      this.sockets.set(peer, socket);
      socket.once('close', () => this.sockets.delete(peer));
    });
    http1.on('request', ({ socket }) => this.sockets.delete(peerOf(socket)));
    http2.on('session', ({ socket }) => this.sockets.delete(peerOf(socket)));
  }

  destroy(): void {
    for (const socket of this.sockets.values()) socket.destroy();
  }
}

/** The same for a TLS socket and the one below it. */
function peerOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}
