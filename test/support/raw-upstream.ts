import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** The number of the connection and of the request on it, both from 1. */
export interface RawRequest {
  readonly connection: number;
  /** Of this connection. */
  readonly request: number;
}

/** Answers a request with any bytes, and may close the connection. */
export type RawScript = (socket: Socket, request: RawRequest) => void;

/** A local server on TCP. It finds the end of each request, but does not know the format of answers. */
export class RawUpstream implements AsyncDisposable {
  readonly requests: RawRequest[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #connections = 0;

  private constructor(private readonly script: RawScript) {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(script: RawScript): Promise<RawUpstream> {
    const upstream = new RawUpstream(script);
    upstream.#server.listen(0, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  /** The value for `OPENAI_API_BASE`. */
  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo; // a TCP port, not a pipe
    return `http://127.0.0.1:${port}/v1`;
  }

  /** Connections so far. */
  get connections(): number {
    return this.#connections;
  }

  /** Nobody can connect any more; the connections that there are stay. */
  stopListening(): void {
    this.#server.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#connections += 1;
    const connection = this.#connections;
    let received = '';
    let request = 0;
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
      if (!isWhole(received)) return;
      received = '';
      request += 1;
      this.requests.push({ connection, request });
      this.script(socket, { connection, request });
    });
  }
}

/** Clients send one request after the other. */
function isWhole(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const [, length = '0'] = /content-length: (\d+)/i.exec(received.slice(0, headEnd)) ?? [];
  return received.length >= headEnd + 4 + Number(length);
}
