import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that clients send over HTTP/1.1 before the answer to the one before is out. */
export class PipelinedRequests {
  private readonly waiting = new WeakMap<Socket, number>();

  constructor(private readonly max: number) {}

  /** Whether a request may be answered; otherwise too many wait on its connection, which is ended. */
  accept({ socket }: IncomingMessage, response: ServerResponse): boolean {
    // an answer gets its socket when those before it are out: most have it at once
    if (response.socket !== null) return true;
    const waiting = (this.waiting.get(socket) ?? 0) + 1;
    if (waiting >= this.max) socket.destroy();
    // what was received with the last request that was too much is still read
    if (socket.destroyed) return false;
    this.waiting.set(socket, waiting);
    response.once('close', () => this.waiting.set(socket, (this.waiting.get(socket) ?? 1) - 1));
    return true;
  }
}
