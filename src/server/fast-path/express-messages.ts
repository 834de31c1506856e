import { IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** The members of an Express application that are used here. */
export interface ExpressApplication extends RequestListener {
  request: object;
  response: object;
  handle(request: unknown, response: unknown): void;
  disable(setting: string): void;
}

/** The classes of which Node makes the messages of an HTTP/1.1 server: options of `http.createServer`. */
export interface Http1MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/** The same of an HTTP/2 server: options of `http2.createServer`. */
export interface Http2MessageClasses {
  readonly Http2ServerRequest: typeof Http2ServerRequest;
  readonly Http2ServerResponse: typeof Http2ServerResponse;
}

export interface MessageClasses {
  readonly http1: Http1MessageClasses;
  readonly http2: Http2MessageClasses;
}

/**
 * Message classes whose instances have the methods of Express's requests and responses from the start.
 *
 * Express replaces the prototype of every request and response by its own, and V8 must then look up the shape of the
 * object anew, twice a request. When the prototype is Express's already, the replacement changes nothing. The methods
 * are also what Nest needs to answer a request that never passes through Express (`operation-routes.ts`).
 *
 * Express's prototypes inherit from Node's HTTP/1.1 classes, on which an HTTP/2 message crashes. The HTTP/2 classes
 * therefore have copies of them that inherit from Node's HTTP/2 classes.
 */
export function expressMessageClasses(app: ExpressApplication): MessageClasses {
  class Http2ExpressRequest extends Http2ServerRequest {}
  class Http2ExpressResponse<Request extends Http2ServerRequest> extends Http2ServerResponse<Request> {}
  Object.setPrototypeOf(Http2ExpressRequest.prototype, rebased(app.request, Http2ServerRequest.prototype));
  Object.setPrototypeOf(Http2ExpressResponse.prototype, rebased(app.response, Http2ServerResponse.prototype));

  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
  Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  app.request = ExpressRequest.prototype;
  app.response = ExpressResponse.prototype;
  return {
    http1: { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse },
    http2: { Http2ServerRequest: Http2ExpressRequest, Http2ServerResponse: Http2ExpressResponse },
  };
}

/** An application's own prototype inherits from Express's, and that from Node's, which is replaced by `base`. */
function rebased(appPrototype: object, base: object): object {
  const expressPrototype = Object.getPrototypeOf(appPrototype) as object; // getPrototypeOf is typed any
  const express = Object.create(base, Object.getOwnPropertyDescriptors(expressPrototype)) as object;
  return Object.create(express, Object.getOwnPropertyDescriptors(appPrototype)) as object;
}
