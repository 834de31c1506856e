import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { IndexedSet } from '../server/load/indexed-set.js';
import { RequestAttachment } from '../server/fast-path/request-attachment.js';
import { Exchange, type ExchangeResult } from './exchange.js';

const begun = new RequestAttachment<Exchange>();

/** What hears of every exchange. */
export interface ExchangeListener {
  started?(exchange: Exchange): void;
  finished(exchange: Exchange, ending: ExchangeResult): void;
}

/** Every request on the main port, from its headers to its last byte. */
@Injectable()
export class Exchanges {
  /** Those under way. */
  readonly active = new IndexedSet<Exchange>();
  readonly #listeners: ExchangeListener[] = [];
  readonly #logger = new Logger('Exchanges');

  listen(listener: ExchangeListener): void {
    this.#listeners.push(listener);
  }

  readonly begin = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = new Exchange(request, response);
    begun.set(request, exchange);
    this.active.add(exchange);
    this.#tell((listener) => listener.started?.(exchange));
    response.once('close', () => this.#end(exchange));
  };

  /** A request that nobody wants to hear of, such as a probe. */
  drop(exchange: Exchange): void {
    this.active.delete(exchange);
  }

  #end(exchange: Exchange): void {
    if (!this.active.delete(exchange)) return;
    const ending = exchange.finish();
    this.#tell((listener) => listener.finished(exchange, ending));
  }

  /** A listener that fails costs a line, not the process. */
  #tell(hear: (listener: ExchangeListener) => void): void {
    for (const listener of this.#listeners) {
      try {
        hear(listener);
      } catch (error) {
        this.#logger.error(error);
      }
    }
  }
}

/** Undefined for a request that did not come in through the main port. */
export function exchangeOf(request: IncomingMessage): Exchange | undefined {
  return begun.get(request);
}

export function requireExchange(request: IncomingMessage): Exchange {
  const exchange = exchangeOf(request);
  if (exchange === undefined) throw new Error('The request did not come in through the main port');
  return exchange;
}
