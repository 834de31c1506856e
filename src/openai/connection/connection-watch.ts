import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { AnswerHead } from './answer-head.js';

/** What passes over one connection, and over the one that replaces it when it is closed. */
export class ConnectionWatch {
  readonly #head = new AnswerHead();
  #requests = 0;
  #hasAnswer = false;

  /** Gives a connector whose connections are watched. */
  over(connect: buildConnector.connector): buildConnector.connector {
    return (options, callback) =>
      connect(options, (...result) => {
        if (result[0] === null) this.#watch(result[1]);
        callback(...result);
      });
  }

  /** To be called before a request goes out. */
  startRequest(): void {
    this.#requests += 1;
    this.#hasAnswer = false;
    this.#head.expect();
  }

  /**
   * Whether the connection served a request before this one, and no byte has come since this one went out: so it is
   * when the server closes a connection that it takes for idle, and then it has not looked at the request.
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
