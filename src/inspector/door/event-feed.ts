import type { ServerResponse } from 'node:http';
import type { CallRecorder } from '../call-recorder.js';
import type { CallStore } from '../call-store.js';
import type { CallSummary } from '../call.js';

const HEARTBEAT_MS = 15_000;
const MAX_FEEDS = 20;
/** How often pages are told of the calls that are under way. */
const RUNNING_MS = 250;
/** Of the calls that are told as lines only, so many each time. */
const MAX_LINES = 20;
/** A page that does not read is closed rather than written for. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** Tells pages of calls, as server-sent events: of each that ends, and repeatedly of those that are under way. */
export class EventFeed {
  readonly #responses = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: CallStore,
    private readonly recorder: CallRecorder,
  ) {}

  open(response: ServerResponse): void {
    if (this.#responses.size >= MAX_FEEDS) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    this.#responses.add(response);
    this.#timer ??= setInterval(() => this.#tellRunning(), RUNNING_MS).unref();
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS).unref();
    const end = this.store.onAdd((summary) => tell(response, summary));
    response.once('close', () => {
      clearInterval(heartbeat);
      end();
      this.#close(response);
    });
  }

  #tellRunning(): void {
    const running = this.recorder.running().filter(({ durationMs }) => durationMs >= RUNNING_MS);
    for (const summary of [...this.store.newLines(MAX_LINES), ...running]) {
      for (const response of this.#responses) tell(response, summary);
    }
  }

  #close(response: ServerResponse): void {
    this.#responses.delete(response);
    if (this.#responses.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function tell(response: ServerResponse, summary: CallSummary): void {
  if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
  else response.write(`data: ${JSON.stringify(summary)}\n\n`);
}
