import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A server on a free port of loopback that the proxy calls. */
export abstract class LocalUpstream {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** The value for `OPENAI_API_BASE`. */
  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo; // a TCP port, not a pipe
    return `http://127.0.0.1:${port}/v1`;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
