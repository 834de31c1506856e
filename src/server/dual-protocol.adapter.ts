import type { IncomingMessage, ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { ServerSettings } from '../config/settings.js';
import { discardBody } from './body/discard-body.js';
import { certificateOf } from './certificate.js';
import { connectionLimits } from './connection-limits.js';
import { Entrance } from './entrance.js';
import { expressMessageClasses } from './express-messages.js';
import { http2AppView, type ExpressApplication } from './http2-app-view.js';
import { OfferedOperations } from './offered-operations.js';
import { OperationRoutes, type RouteHandler } from './operation-routes.js';
import { ProtocolFront } from './protocol-front.js';
import { reply, type Reply } from './reply.js';

/** Nest's Express platform behind one port for HTTP/1.1 and HTTP/2, in cleartext or TLS. */
export class DualProtocolAdapter extends ExpressAdapter {
  readonly entrance: Entrance;
  readonly front: ProtocolFront;
  readonly offered = new OfferedOperations();
  private readonly operations = new OperationRoutes();

  constructor(private readonly settings: ServerSettings) {
    super();
    const app = this.getInstance<ExpressApplication>();
    app.disable('x-powered-by');
    app.disable('etag');
    this.entrance = new Entrance(settings);
    this.front = this.frontOf(app);
  }

  override get(...route: unknown[]): unknown {
    this.offered.add('GET', route[0]);
    // with a path or without
    return super.get(...(route as Parameters<ExpressAdapter['get']>));
  }

  override post(...route: unknown[]): unknown {
    const [path, handler] = route;
    this.operations.add(path, handler);
    this.offered.add('POST', path);
    // with a path or without
    return super.post(...(route as Parameters<ExpressAdapter['post']>));
  }

  /** The body of a request that no route answers is read by nobody. */
  override setNotFoundHandler(handler: RouteHandler): unknown {
    return super.setNotFoundHandler(
      (request: IncomingMessage, response: ServerResponse, next: () => void) => {
        discardBody(request, this.settings.maxBodyBytes);
        return handler(request, response, next);
      },
    );
  }

  override initHttpServer(): void {
    // the typings know http.Server only; Nest calls listen, address, once and close
    this.httpServer = this.front.server as never;
    this.front.server.once('listening', () => this.entrance.open());
    this.front.server.once('close', () => this.entrance.close());
  }

  override reply(response: ServerResponse, body: unknown, statusCode?: number): unknown {
    if (statusCode !== undefined) response.statusCode = statusCode;
    // what interceptors and filters of ours return
    return reply(response, body as Reply, this.settings.clientStallTimeoutMs);
  }

  override async close(): Promise<void> {
    await this.front.close();
  }

  /** Of HTTP/1.1: to messages of HTTP/2, Express adds what Nest needs of them. */
  private answer(request: IncomingMessage, response: ServerResponse): void {
    const app = this.getInstance<ExpressApplication>();
    const route = this.operations.find(request);
    if (route === undefined) return app(request, response);
    // as Express would
    Object.assign(request, { params: route.params });
    route.handler(request, response, () => app(request, response));
  }

  private frontOf(app: ExpressApplication): ProtocolFront {
    const http2App = http2AppView(app);
    return new ProtocolFront(
      {
        messageClasses: expressMessageClasses(app),
        http1: (request, response) => {
          if (this.entrance.admits(request, response)) this.answer(request, response);
        },
        http2: (request, response) => {
          // what is called here, both kinds of messages have
          const [message, answer] = [request, response] as unknown as [IncomingMessage, ServerResponse];
          if (this.entrance.admits(message, answer)) http2App(request, response);
        },
      },
      connectionLimits(this.settings),
      certificateOf(this.settings.tls),
    );
  }
}
