import type { ServerResponse } from 'node:http';

/** Frames of `application/vnd.amazon.eventstream`, written as they come. The iterable never throws. */
export class EventStreamReply {
  constructor(readonly frames: AsyncIterable<Buffer>) {}
}

export type Reply = EventStreamReply | object | undefined;

/** Writes an answer: JSON in one piece, or an event stream. Status and headers are set already. */
export function reply(response: ServerResponse, body: Reply): void {
  if (body instanceof EventStreamReply) return void writeEventStream(response, body.frames);
  if (body === undefined) return void response.end();
  const json = Buffer.from(JSON.stringify(body));
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', json.length);
  response.end(json);
}

async function writeEventStream(response: ServerResponse, frames: AsyncIterable<Buffer>): Promise<void> {
  const client = new Client(response);
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

  constructor(private readonly response: ServerResponse) {
    response.once('close', () => (this.hasLeft = true));
  }

  /** Resolves when the client has taken what was written, or has left. */
  hasRead(): Promise<void> {
    const { response } = this;
    return new Promise((resolve) => {
      const settle = (): void => {
        response.off('drain', settle).off('close', settle);
        resolve();
      };
      response.on('drain', settle).on('close', settle);
      if (this.hasLeft) settle();
    });
  }
}
