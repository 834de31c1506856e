import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { AnswerHead } from './answer-head.js';

/** Watches the bytes of one connection, and of the connection that replaces it after it is closed. */
export class ConnectionWatch {
  readonly #head = new AnswerHead();
  #requests = 0;
  #hasAnswer = false;

  /** → a connector whose connections are watched. */
  over(connect: buildConnector.connector): buildConnector.connector {
    return (options, callback) =>
      connect(options, (...result) => {
        if (result[0] === null) this.#watch(result[1]);
        callback(...result);
      });
  }

  /** Call it before a request is sent. */
  startRequest(): void {
    this.#requests += 1;
    this.#hasAnswer = false;
    this.#head.expect();
  }

  /**
   * Whether the connection has served an earlier request, and no byte has come since this request was sent. If such a
   * connection breaks, the server has closed it as idle, and has not processed the request.
   */
  get isStale(): boolean {
    return this.#requests > 1 && !this.#hasAnswer;
  }

  #watch(socket: Socket): void {
    this.#requests = 0;
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      const bytes: unknown = read(size);
      if (Buffer.isBuffer(bytes)) this.#pass(bytes);
      return bytes;
    };
  }

  #pass(bytes: Buffer): void {
    this.#hasAnswer = true;
    this.#head.pass(bytes);
  }
}
