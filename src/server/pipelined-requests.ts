import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Limits the HTTP/1.1 requests that a connection sends before the previous answer is complete. */
export class PipelinedRequests {
  private readonly waiting = new WeakMap<Socket, number>();

  constructor(private readonly max: number) {}

  /** Whether a request may be answered. If too many wait on its connection, the connection is closed. */
  accept({ socket }: IncomingMessage, response: ServerResponse): boolean {
    // a response gets its socket when the previous ones are complete: for most, at once
    if (response.socket !== null) return true;
    const waiting = (this.waiting.get(socket) ?? 0) + 1;
    if (waiting >= this.max) socket.destroy();
    // requests received in the same read are still emitted
    if (socket.destroyed) return false;
    this.waiting.set(socket, waiting);
    response.once('close', () => this.waiting.set(socket, (this.waiting.get(socket) ?? 1) - 1));
    return true;
  }
}
