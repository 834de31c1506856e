import {
  createServer as createHttp1Server,
  type RequestListener,
  type Server as Http1Server,
} from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { Server } from 'node:net';
import { cleartextListener } from './cleartext-listener.js';
import { CONNECTION_LIMITS, type ConnectionLimits } from './connection-limits.js';
import { Http2Sessions } from './http2-sessions.js';
import { tlsListener, type Certificate } from './tls-listener.js';
import { UnusedConnections } from './unused-connections.js';

const MAX_CONCURRENT_STREAMS = 256;
const IDLE_SWEEP_MS = 50;

export interface Handlers {
  readonly http1: RequestListener;
  readonly http2: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

/** One port that hears HTTP/1.1 and HTTP/2, and knows its connections. */
export class ProtocolFront {
  /** The port: `listen`, `address`. */
  readonly server: Server;
  private readonly http1: Http1Server;
  private readonly http2: Http2Server;
  private readonly sessions: Http2Sessions;
  private readonly unused: UnusedConnections;

  constructor(handlers: Handlers, certificate?: Certificate, limits: ConnectionLimits = CONNECTION_LIMITS) {
    this.http1 = createHttp1Server(
      {
        keepAliveTimeout: limits.keepAliveMs,
        headersTimeout: limits.headersMs,
        requestTimeout: limits.requestMs,
        connectionsCheckingInterval: limits.sweepMs,
      },
      handlers.http1,
    );
    this.http2 = createHttp2Server(
      { settings: { maxConcurrentStreams: MAX_CONCURRENT_STREAMS } },
      handlers.http2,
    );
    this.sessions = new Http2Sessions(this.http2);
    const servers = { http1: this.http1, http2: this.http2 };
    this.server =
      certificate === undefined
        ? cleartextListener(servers, limits)
        : tlsListener(servers, certificate, limits);
    this.unused = new UnusedConnections(this.server, servers);
    // Node sweeps slow headers and slow requests only on a server that listens, which http1 never does itself
    this.server.on('listening', () => this.http1.emit('listening'));
  }

  /**
   * Stops listening, tells HTTP/2 clients to go away and closes what is idle; resolves when the answers
   * under way are out and no connection is left.
   */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.server.close(() => resolve()));
    this.sessions.goAway();
    this.unused.destroy();
    const sweep = setInterval(() => this.http1.closeIdleConnections(), IDLE_SWEEP_MS);
    this.http1.closeIdleConnections();
    await closed;
    clearInterval(sweep);
    this.http1.close();
    this.http2.close();
  }

  /** Ends every connection at once. */
  destroy(): void {
    this.unused.destroy();
    this.http1.closeAllConnections();
    this.sessions.destroy();
  }
}
