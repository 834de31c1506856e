import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { ErrorFormat } from '../bedrock/error-format.js';
import type { ServerSettings } from '../config/settings.js';
import { discardBody } from './body/discard-body.js';
import { readCertificate } from './certificate.js';
import { connectionLimits } from './connection-limits.js';
import { RequestIntake } from './request-intake.js';
import { expressMessageClasses, type ExpressApplication } from './fast-path/express-messages.js';
import { http2AppView } from './fast-path/http2-app-view.js';
import { OfferedOperations } from './offered-operations.js';
import { OperationRoutes, type RouteHandler } from './fast-path/operation-routes.js';
import { DualProtocolServer } from './dual-protocol-server.js';
import { reply, type Reply } from './reply.js';

/** Nest's Express platform behind one port for HTTP/1.1 and HTTP/2, in cleartext or TLS. */
export class DualProtocolAdapter extends ExpressAdapter {
  readonly intake: RequestIntake;
  readonly server: DualProtocolServer;
  readonly offered = new OfferedOperations();
  private readonly operations = new OperationRoutes();

  /** @param errorFormats of the APIs beside Bedrock's, for errors of requests that reach no route */
  constructor(
    private readonly settings: ServerSettings,
    errorFormats: readonly ErrorFormat[] = [],
  ) {
    super();
    const app = this.getInstance<ExpressApplication>();
    app.disable('x-powered-by');
    app.disable('etag');
    this.intake = new RequestIntake(settings, errorFormats);
    this.server = this.createServer(app);
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

  /** Discards the body of a request that no route answers. */
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
    this.httpServer = this.server.server as never;
    this.server.server.once('listening', () => this.intake.open());
    this.server.server.once('close', () => this.intake.close());
  }

  override reply(response: ServerResponse, body: unknown, statusCode?: number): unknown {
    if (statusCode !== undefined) response.statusCode = statusCode;
    // our interceptors and filters return only these
    return reply(response, body as Reply, this.settings.clientStallTimeoutMs);
  }

  override async close(): Promise<void> {
    await this.server.close();
  }

  private createServer(app: ExpressApplication): DualProtocolServer {
    const messageClasses = expressMessageClasses(app);
    const http2App = http2AppView(app, messageClasses.http2);
    return new DualProtocolServer(
      {
        messageClasses,
        http1: (request, response) => this.handle(request, response, app),
        http2: (request, response) => this.handle(request, response, http2App),
      },
      connectionLimits(this.settings),
      readCertificate(this.settings.tls),
    );
  }

  private handle(request: IncomingMessage, response: ServerResponse, app: RequestListener): void {
    if (!this.intake.accept(request, response)) return;
    const route = this.operations.find(request);
    if (route === undefined) return app(request, response);
    // as Express sets them
    Object.assign(request, { params: route.params, res: response });
    route.handler(request, response, () => app(request, response));
  }
}
