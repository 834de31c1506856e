import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { openingEvents, tokenEvent } from '../cases/answers.ts';
import type { Feed } from '../cases/cases.ts';
import { exchange, type Post } from './exchange.ts';

export interface FedStreamsOptions extends Post {
  readonly origin: string;
  readonly count: number;
  readonly feed: Feed;
}

const PACED_CHUNKS_PER_SECOND = 10_000;
const PACE_INTERVAL_MS = 1;
const MAX_FOLLOW_MS = 2_000;
/** Prepared tokens, sent in turn. */
const EVENTS = Array.from({ length: 64 }, (_, index) => tokenEvent(index));

/**
 * Streams that never end, through a target: both ends are here, so that the upstream's end knows what the
 * client's end has got. They are opened one after the other, which tells whose end is whose.
 */
export class FedStreams {
  /** Chunks that have arrived at the clients' ends. */
  arrived = 0;
  readonly #options: FedStreamsOptions;
  readonly #pool: Pool;
  readonly #closing = new AbortController();
  readonly #responses: ServerResponse[] = [];
  #opening: ((response: ServerResponse) => void) | undefined;
  #pacer: NodeJS.Timeout | undefined;
  #sent = 0;

  constructor(options: FedStreamsOptions) {
    this.#options = options;
    this.#pool = new Pool(options.origin, { headersTimeout: 0, bodyTimeout: 0 });
  }

  /** As many as the options say, beside those that are open. */
  async open(): Promise<void> {
    for (let opened = 0; opened < this.#options.count; opened += 1) {
      this.#responses.push(await this.#openOne());
    }
    if (this.#options.feed === 'lockstep') this.#responses.forEach((response) => this.#feed(response));
    if (this.#options.feed === 'paced') this.#pace();
  }

  /** For the upstream: a call of a target's. */
  accept(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(openingEvents());
    this.#opening?.(response);
  }

  /** The clients leave, and the target is given time to follow: what is cut under its feet is its next call's loss. */
  async close(): Promise<void> {
    clearInterval(this.#pacer);
    const followed = Promise.all(
      this.#responses.filter(({ closed }) => !closed).map((response) => once(response, 'close')),
    );
    this.#closing.abort();
    await Promise.race([followed, setTimeout(MAX_FOLLOW_MS)]);
    for (const response of this.#responses) response.destroy();
    await this.#pool.destroy();
  }

  /** Resolves when the first chunk has come through. */
  async #openOne(): Promise<ServerResponse> {
    const index = this.#responses.length;
    const accepted = Promise.withResolvers<ServerResponse>();
    const begun = Promise.withResolvers<void>();
    this.#opening = accepted.resolve;
    const onData = (): void => {
      begun.resolve();
      this.arrived += 1;
      const response = this.#responses[index];
      if (response && this.#options.feed === 'lockstep') this.#feed(response);
    };
    // it never ends by itself; when it fails while it is opened, that is told
    exchange(this.#pool, this.#options, { onData, signal: this.#closing.signal }).catch(begun.reject);
    await begun.promise;
    return accepted.promise;
  }

  #feed(response: ServerResponse): void {
    this.#sent += 1;
    response.write(EVENTS[this.#sent % EVENTS.length]);
  }

  /** So many chunks as are due by now, each to the next stream in turn. */
  #pace(): void {
    const startedAt = performance.now();
    this.#pacer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1_000) * PACED_CHUNKS_PER_SECOND;
      while (this.#sent < due) {
        const response = this.#responses[this.#sent % this.#responses.length];
        if (response) this.#feed(response);
      }
    }, PACE_INTERVAL_MS);
  }
}
