import type { RequestListener } from 'node:http';
import type { ExpressApplication, Http2MessageClasses } from './express-messages.js';

/**
 * Express application → the same application for HTTP/2 messages.
 *
 * Express gives every message the prototypes that stand in `app.request` and `app.response`. They inherit from Node's
 * HTTP/1.1 classes, on which an HTTP/2 message crashes. The view has the prototypes of the HTTP/2 classes instead;
 * routes, middleware and settings are the application's own.
 */
export function http2AppView(app: ExpressApplication, classes: Http2MessageClasses): RequestListener {
  const view = Object.create(app, {
    request: { value: classes.Http2ServerRequest.prototype },
    response: { value: classes.Http2ServerResponse.prototype },
  }) as ExpressApplication; // Object.create is untyped; the prototype is the app
  return (request, response) => app.handle.call(view, request, response);
}
