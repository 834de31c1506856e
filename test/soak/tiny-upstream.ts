import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { LAST_CHUNK, sendInTinyChunks } from '../support/tiny-chunks.ts';

/** The answer to every call. */
export interface TinyAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** An OpenAI-compatible server that sends each byte of its answer as a chunk of its own. */
export class TinyUpstream {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#take(socket));
  readonly #answer: TinyAnswer;

  constructor(answer: TinyAnswer) {
    this.#answer = answer;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo; // a TCP port, not a pipe
    return `http://127.0.0.1:${port}/v1`;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    // one call a connection: what else comes is the rest of its request
    socket.once('data', () => {
      socket.resume();
      const { contentType, body } = this.#answer;
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ntransfer-encoding: chunked\r\n\r\n`);
      void sendInTinyChunks(socket, body).then(() => socket.write(LAST_CHUNK));
    });
  }
}
