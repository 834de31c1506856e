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
/** Prepared tokens, sent one after the other. */
const EVENTS = Array.from({ length: 64 }, (_, index) => tokenEvent(index));

/**
 * Streams without an end through a target. Both ends are in this process, so the upstream's end knows how much
 * the client's end has received. They are opened one after the other, which tells which ends belong together.
 */
export class FedStreams {
  /** Chunks that the clients have received. */
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

  /** Opens as many streams as the options say, in addition to the open ones. */
  async open(): Promise<void> {
    for (let opened = 0; opened < this.#options.count; opened += 1) {
      this.#responses.push(await this.#openOne());
    }
    if (this.#options.feed === 'lockstep') this.#responses.forEach((response) => this.#feed(response));
    if (this.#options.feed === 'paced') this.#pace();
  }

  /** Called by the upstream for each call of the target. */
  accept(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(openingEvents());
    this.#opening?.(response);
  }

  /** Disconnects the clients, and gives the target time to close its calls. Otherwise its next call could fail. */
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

  /** Resolves when the client has received the first chunk. */
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
    // it does not end by itself; a failure while it is opened is reported
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
