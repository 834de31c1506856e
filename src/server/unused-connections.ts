import type { Server, Socket } from 'node:net';
import type { ProtocolServers } from './cleartext-listener.js';

/** A connection without a request so far. */
interface Unused {
  readonly socket: Socket;
  /** On the clock of `performance`. */
  readonly openedAt: number;
}

/**
 * Connections without a request so far, such as clients open in advance. Node does not count them as idle, so they
 * would delay the end of the process.
 */
export class UnusedConnections {
  private readonly unused = new Map<string, Unused>();

  constructor(listener: Server, { http1, http2 }: ProtocolServers) {
    listener.on('connection', (socket: Socket) => {
      const peer = peerOf(socket);
      this.unused.set(peer, { socket, openedAt: performance.now() });
      socket.once('close', () => this.unused.delete(peer));
    });
    http1.on('request', ({ socket }) => this.unused.delete(peerOf(socket)));
    http2.on('session', ({ socket }) => this.unused.delete(peerOf(socket)));
  }

  /** Closes those that are at least this old: the first request of a younger one may be arriving. */
  destroy(minAgeMs: number): void {
    const openedBefore = performance.now() - minAgeMs;
    for (const { socket, openedAt } of this.unused.values()) {
      if (openedAt <= openedBefore) socket.destroy();
    }
  }
}

/** Address and port, which a TLS socket and the TCP socket below it share. */
function peerOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}
