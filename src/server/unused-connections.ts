import type { Server, Socket } from 'node:net';
import type { ProtocolServers } from './cleartext-listener.js';

/** A connection of a client that is about to ask for something. */
interface Unused {
  readonly socket: Socket;
  /** On the clock of `performance`. */
  readonly openedAt: number;
}

/**
 * Connections that have asked for nothing yet, such as clients open ahead of need. To Node they are no idle
 * ones, so they would hold up the end of the process.
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

  /** Those that have been open for so long: what a younger one wants to ask may be on its way. */
  destroy(minAgeMs: number): void {
    const openedBefore = performance.now() - minAgeMs;
    for (const { socket, openedAt } of this.unused.values()) {
      if (openedAt <= openedBefore) socket.destroy();
    }
  }
}

/** The same for a TLS socket and the one below it. */
function peerOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}
