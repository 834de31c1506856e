import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { RequestListener } from 'node:http';

/** The part of an Express application that is read here. */
export interface ExpressApplication extends RequestListener {
  request: object;
  response: object;
  handle(request: unknown, response: unknown): void;
  disable(setting: string): void;
}

/**
 * The same Express application, for HTTP/2 messages.
 *
 * Express swaps the prototype of every request and response for one that inherits from Node's HTTP/1.1
 * classes, on which an HTTP/2 message crashes. So a view of the application carries prototypes with the same
 * methods that inherit from Node's HTTP/2 classes instead. Routes, middleware and settings are the app's own.
 */
export function http2AppView(
  app: ExpressApplication,
): (request: Http2ServerRequest, response: Http2ServerResponse) => void {
  const view = Object.create(app, {
    request: { value: rebased(app.request, Http2ServerRequest.prototype) },
    response: { value: rebased(app.response, Http2ServerResponse.prototype) },
  }) as ExpressApplication; // Object.create is untyped; the prototype is the app
  return (request, response) => app.handle.call(view, request, response);
}

/** An application's own prototype, then Express's, then Node's: the last is replaced by `base`. */
function rebased(appPrototype: object, base: object): object {
  const expressPrototype = Object.getPrototypeOf(appPrototype) as object; // getPrototypeOf is typed any
  const express = Object.create(base, Object.getOwnPropertyDescriptors(expressPrototype)) as object;
  return Object.create(express, Object.getOwnPropertyDescriptors(appPrototype)) as object;
}
