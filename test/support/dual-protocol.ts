import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { ConnectionLimits } from '../../src/server/connection-limits.js';
import { DualProtocolServer } from '../../src/server/dual-protocol-server.js';

const LONG_MS = 60_000;
/** Times that no test reaches, and small numbers. */
export const CONNECTION_LIMITS: ConnectionLimits = {
  maxConnections: 1_000,
  firstBytesMs: LONG_MS,
  headersMs: LONG_MS,
  maxHeaderBytes: 1_024,
  requestMs: 2 * LONG_MS,
  sweepMs: LONG_MS,
  keepAliveMs: LONG_MS,
  maxRequestsAtOnce: 4,
  streamResets: { burst: 8, perSecond: 1 },
  maxControlFramesPerSecond: 20,
  probeMs: LONG_MS,
};

type Reply = (request: IncomingMessage | Http2ServerRequest) => string;

/** A DualProtocolServer on a free port of loopback. The answers to `/later` are left to the test. */
export class ListeningServer {
  readonly server: DualProtocolServer;
  /** The paths of all requests. */
  readonly paths: (string | undefined)[] = [];
  /** The unfinished answers to `/later`. */
  readonly answers: (ServerResponse | Http2ServerResponse)[] = [];

  private constructor(reply: Reply, limits: ConnectionLimits) {
    this.server = new DualProtocolServer(
      {
        http1: (request, response) => {
          if (this.#isLater(request, response)) return;
          request.resume().on('end', () => response.end(reply(request)));
        },
        http2: (request, response) => {
          if (!this.#isLater(request, response)) response.end(reply(request));
        },
      },
      limits,
    );
  }

  static async start(reply: Reply, limits: Partial<ConnectionLimits>): Promise<ListeningServer> {
    const listening = new ListeningServer(reply, { ...CONNECTION_LIMITS, ...limits });
    const { server } = listening.server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return listening;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port; // a TCP port, not a pipe
  }

  #isLater(
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): boolean {
    this.paths.push(request.url);
    if (request.url !== '/later') return false;
    this.answers.push(response);
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.destroy();
    if (this.server.server.listening) await this.server.close();
  }
}

/** Opens a connection. Text is received as latin1. */
export async function openConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return socket.setNoDelay().setEncoding('latin1');
}
