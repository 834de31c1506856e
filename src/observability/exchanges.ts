import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { Roster } from '../server/load/roster.js';
import { RequestNote } from '../server/request-note.js';
import { Exchange, type Ending } from './exchange.js';

const begun = new RequestNote<Exchange>();

/** What hears of every exchange. */
export interface ExchangeListener {
  begun?(exchange: Exchange): void;
  ended(exchange: Exchange, ending: Ending): void;
}

/** Every request on the main port, from its headers to its last byte. */
@Injectable()
export class Exchanges {
  /** Those under way. */
  readonly open = new Roster<Exchange>();
  readonly #listeners: ExchangeListener[] = [];
  readonly #logger = new Logger('Exchanges');

  listen(listener: ExchangeListener): void {
    this.#listeners.push(listener);
  }

  readonly begin = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = new Exchange(request, response);
    begun.write(request, exchange);
    this.open.add(exchange);
    this.#tell((listener) => listener.begun?.(exchange));
    response.once('close', () => this.#end(exchange));
  };

  /** A request that nobody wants to hear of, such as a probe. */
  forget(exchange: Exchange): void {
    this.open.delete(exchange);
  }

  #end(exchange: Exchange): void {
    if (!this.open.delete(exchange)) return;
    const ending = exchange.end();
    this.#tell((listener) => listener.ended(exchange, ending));
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
  return begun.of(request);
}

export function currentExchange(request: IncomingMessage): Exchange {
  const exchange = exchangeOf(request);
  if (exchange === undefined) throw new Error('The request did not come in through the main port');
  return exchange;
}
