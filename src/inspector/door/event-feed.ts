import type { ServerResponse } from 'node:http';
import type { CallStore } from '../call-store.js';

const HEARTBEAT_MS = 15_000;
const MAX_FEEDS = 20;

/** Tells pages of new calls, as server-sent events. */
export class EventFeed {
  #feeds = 0;

  constructor(private readonly store: CallStore) {}

  open(response: ServerResponse): void {
    if (this.#feeds >= MAX_FEEDS) return void response.writeHead(503).end();
    this.#feeds += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS).unref();
    const end = this.store.onAdd((summary) => response.write(`data: ${JSON.stringify(summary)}\n\n`));
    response.once('close', () => {
      clearInterval(heartbeat);
      end();
      this.#feeds -= 1;
    });
  }
}
