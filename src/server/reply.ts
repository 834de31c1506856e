import type { ServerResponse } from 'node:http';
import { breakOff } from './break-off.js';

/** Frames of `application/vnd.amazon.eventstream`, written as they come. The iterable never throws. */
export class EventStreamReply {
  constructor(readonly frames: AsyncIterable<Buffer>) {}
}

export type Reply = EventStreamReply | object | undefined;

/**
 * Writes an answer: JSON in one piece, or an event stream. Status and headers are set already. A client that
 * reads nothing for `stallTimeoutMs` is left.
 */
export function reply(response: ServerResponse, body: Reply, stallTimeoutMs: number): void {
  if (body instanceof EventStreamReply) {
    return void writeEventStream(new Client(response, stallTimeoutMs), body.frames);
  }
  if (body === undefined) return void response.end();
  // as text it leaves with the headers in one write
  const json = JSON.stringify(body);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(json));
  response.end(json);
}

async function writeEventStream(client: Client, frames: AsyncIterable<Buffer>): Promise<void> {
  const { response } = client;
  response.setHeader('content-type', 'application/vnd.amazon.eventstream');
  for await (const bytes of frames) {
    if (client.hasLeft) break;
    if (!response.write(bytes)) await client.hasRead();
  }
  response.end();
}

/** The other end of a response, over either protocol. */
class Client {
  hasLeft = false;

  constructor(
    readonly response: ServerResponse,
    private readonly stallTimeoutMs: number,
  ) {
    response.once('close', () => (this.hasLeft = true));
  }

  /** Resolves when the client has taken what was written, or has left, or is left because it reads nothing. */
  hasRead(): Promise<void> {
    const { response } = this;
    return new Promise((resolve) => {
      const stalled = setTimeout(() => breakOff(response), this.stallTimeoutMs);
      const settle = (): void => {
        clearTimeout(stalled);
        response.off('drain', settle).off('close', settle);
        resolve();
      };
      response.on('drain', settle).on('close', settle);
      if (this.hasLeft) settle();
    });
  }
}
