import type { IncomingMessage, ServerResponse } from 'node:http';
import { Exchange } from '../../src/observability/exchange.js';

/** The record of a request that has just come in. */
export function exchangeRecord(headers: IncomingMessage['headers'] = {}): Exchange {
  const response = { getHeader: () => 'request-1', writableEnded: true, headersSent: true, statusCode: 200 };
  // the members that an exchange reads
  return new Exchange({ headers } as IncomingMessage, response as unknown as ServerResponse);
}
