import { IncomingMessage, ServerResponse } from 'node:http';
import type { ExpressApplication } from './http2-app-view.js';

/** What Node makes of a request over HTTP/1.1. */
export interface MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/**
 * Express swaps the prototype of every request and response for its own, and V8 has to look for the shape of the
 * object anew, twice a call. Messages of these classes have Express's prototypes from the start, which is also what
 * lets Nest's platform answer those that never pass through Express (`operation-routes.ts`).
 */
export function expressMessageClasses(app: ExpressApplication): MessageClasses {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
  Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  app.request = ExpressRequest.prototype;
  app.response = ExpressResponse.prototype;
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}
