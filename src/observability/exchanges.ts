import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { IndexedSet } from '../server/load/indexed-set.js';
import { RequestAttachment } from '../server/fast-path/request-attachment.js';
import { Exchange, type ExchangeResult } from './exchange.js';

const attached = new RequestAttachment<Exchange>();

/** Reads every exchange, such as a log or metrics. */
export interface ExchangeListener {
  started?(exchange: Exchange, response: ServerResponse): void;
  finished(exchange: Exchange, result: ExchangeResult): void;
}

/** Begins an exchange for every request on the main port, and tells the listeners when it starts and finishes. */
@Injectable()
export class Exchanges {
  /** The exchanges under way. */
  readonly active = new IndexedSet<Exchange>();
  readonly #listeners: ExchangeListener[] = [];
  readonly #logger = new Logger('Exchanges');

  listen(listener: ExchangeListener): void {
    this.#listeners.push(listener);
  }

  readonly begin = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = new Exchange(request, response);
    attached.set(request, exchange);
    this.active.add(exchange);
    this.#notify((listener) => listener.started?.(exchange, response));
    response.once('close', () => this.#end(exchange));
  };

  /** The listeners are not told that the exchange has finished. For requests such as probes. */
  drop(exchange: Exchange): void {
    this.active.delete(exchange);
  }

  #end(exchange: Exchange): void {
    if (!this.active.delete(exchange)) return;
    const result = exchange.finish();
    this.#notify((listener) => listener.finished(exchange, result));
  }

  /** The failure of a listener is logged and affects no other listener. */
  #notify(notify: (listener: ExchangeListener) => void): void {
    for (const listener of this.#listeners) {
      try {
        notify(listener);
      } catch (error) {
        this.#logger.error(error);
      }
    }
  }
}

/** The exchange of a request; undefined for a request of another port. */
export function exchangeOf(request: IncomingMessage): Exchange | undefined {
  return attached.get(request);
}

export function requireExchange(request: IncomingMessage): Exchange {
  const exchange = exchangeOf(request);
  if (exchange === undefined) throw new Error('The request was not received on the main port');
  return exchange;
}
