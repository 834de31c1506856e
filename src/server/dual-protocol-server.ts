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
import type { ConnectionLimits } from './connection-limits.js';
import type {
  Http1MessageClasses,
  Http2MessageClasses,
  MessageClasses,
} from './fast-path/express-messages.js';
import { Http2Sessions } from './http2-sessions.js';
import { PipelinedRequests } from './pipelined-requests.js';
import { tlsListener, type Certificate } from './tls-listener.js';
import { UnusedConnections } from './unused-connections.js';

const IDLE_SWEEP_MS = 50;
/** A connection without a request after this time is unlikely to send one. */
const FIRST_REQUEST_MS = 200;

type Http2RequestListener = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

export interface Handlers {
  readonly http1: RequestListener;
  /** Its messages are those of HTTP/2: typed as HTTP/1.1, because handlers use only what both kinds have. */
  readonly http2: RequestListener;
  /** In place of Node's own. */
  readonly messageClasses?: MessageClasses;
}

/** One port for HTTP/1.1 and HTTP/2; it tracks its connections so that it can close the idle ones. */
export class DualProtocolServer {
  /** The port: `listen`, `address`. */
  readonly server: Server;
  private readonly http1: Http1Server;
  private readonly http2: Http2Server;
  private readonly sessions: Http2Sessions;
  private readonly unused: UnusedConnections;
  private closed?: Promise<void>;
  private freeing?: NodeJS.Timeout;

  constructor(handlers: Handlers, limits: ConnectionLimits, certificate?: Certificate) {
    this.http1 = http1Server(limits, handlers.messageClasses?.http1);
    this.http2 = http2Server(limits, handlers.messageClasses?.http2);
    const servers = { http1: this.http1, http2: this.http2 };
    this.server =
      certificate === undefined
        ? cleartextListener(servers, limits)
        : tlsListener(servers, certificate, limits);
    this.server.maxConnections = limits.maxConnections;
    this.server.on('drop', () => this.freeConnections());
    this.sessions = new Http2Sessions(this.http2, limits);
    this.unused = new UnusedConnections(this.server, servers);
    const pipelines = new PipelinedRequests(limits.maxRequestsAtOnce);
    this.http1.on('request', (request, response) => {
      if (pipelines.accept(request, response)) handlers.http1(request, response);
    });
    this.http2.on('request', handlers.http2 as unknown as Http2RequestListener);
    // Node times out slow headers and requests only on a server that listens, and http1 does not listen itself
    this.server.on('listening', () => this.http1.emit('listening'));
  }

  /**
   * Stops listening, tells HTTP/2 clients to go away and closes what is idle; resolves when the answers
   * under way are out and no connection is left.
   */
  close(): Promise<void> {
    this.closed ??= this.closeWhenIdle();
    return this.closed;
  }

  /** Closes every connection at once. */
  destroy(): void {
    this.unused.destroy(0);
    this.http1.closeAllConnections();
    this.sessions.destroy();
  }

  private async closeWhenIdle(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.server.close(() => resolve()));
    const sweep = (): void => {
      this.sessions.goAway();
      this.closeIdle();
    };
    sweep();
    const sweeping = setInterval(sweep, IDLE_SWEEP_MS);
    await closed;
    clearInterval(sweeping);
    clearTimeout(this.freeing);
    this.http1.close();
    this.http2.close();
  }

  private closeIdle(): void {
    this.http1.closeIdleConnections();
    this.unused.destroy(FIRST_REQUEST_MS);
  }

  /** Closes idle connections after one was dropped; delayed, so that many drops cause one sweep. */
  private freeConnections(): void {
    this.freeing ??= setTimeout(() => {
      this.freeing = undefined;
      this.closeIdle();
    }, IDLE_SWEEP_MS);
  }
}

function http1Server(limits: ConnectionLimits, messageClasses?: Http1MessageClasses): Http1Server {
  return createHttp1Server({
    ...messageClasses,
    keepAliveTimeout: limits.keepAliveMs,
    headersTimeout: limits.headersMs,
    maxHeaderSize: limits.maxHeaderBytes,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.sweepMs,
  });
}

function http2Server(limits: ConnectionLimits, messageClasses?: Http2MessageClasses): Http2Server {
  return createHttp2Server({
    ...messageClasses,
    settings: { maxConcurrentStreams: limits.maxRequestsAtOnce, maxHeaderListSize: limits.maxHeaderBytes },
    streamResetBurst: limits.streamResets.burst,
    streamResetRate: limits.streamResets.perSecond,
  });
}
