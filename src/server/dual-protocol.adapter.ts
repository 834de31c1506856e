import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { ServerSettings } from '../config/settings.js';
import { http2AppView, type ExpressApplication } from './http2-app-view.js';
import { ProtocolFront } from './protocol-front.js';
import { reply, type Reply } from './reply.js';

/** Nest's Express platform behind one port for HTTP/1.1 and HTTP/2, in cleartext or TLS. */
export class DualProtocolAdapter extends ExpressAdapter {
  private front?: ProtocolFront;

  constructor(private readonly settings: ServerSettings) {
    super();
    const app = this.getInstance<{ disable(setting: string): void }>();
    app.disable('x-powered-by');
    app.disable('etag');
  }

  override initHttpServer(): void {
    const app = this.getInstance<ExpressApplication>();
    const http2App = http2AppView(app);
    this.front = new ProtocolFront(
      {
        http1: (request, response) => app(identified(request, response), response),
        http2: (request, response) => http2App(identified(request, response), response),
      },
      certificateOf(this.settings),
    );
    // the typings know http.Server only; Nest calls listen, address, once and close
    this.httpServer = this.front.server as never;
  }

  override reply(response: ServerResponse, body: unknown, statusCode?: number): unknown {
    if (statusCode !== undefined) response.statusCode = statusCode;
    return reply(response, body as Reply); // what interceptors and filters of ours return
  }

  override async close(): Promise<void> {
    await this.front?.close();
  }
}

/** Every answer carries an id that a user can quote, errors and unknown paths too. */
function identified<Request extends IncomingMessage | Http2ServerRequest>(
  request: Request,
  response: ServerResponse | Http2ServerResponse,
): Request {
  response.setHeader('x-amzn-requestid', randomUUID());
  return request;
}

function certificateOf({ tls }: ServerSettings): { cert: Buffer; key: Buffer } | undefined {
  return tls && { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
}
