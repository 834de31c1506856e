import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Settings } from '../../config/settings.js';
import { RequestAttachment } from '../fast-path/request-attachment.js';

/** This port serves nothing else: clients call operations on the main port. */
const PATHS = /^\/(?:health|metrics)(?:[/?]|$)/;
const NOT_FOUND = 404;

/** Scrapes and probes are short and few. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 75_000 };
const MAX_CONNECTIONS = 100;

const onManagementPort = new RequestAttachment<true>();

export function cameInByManagementPort(request: IncomingMessage): boolean {
  return onManagementPort.get(request) === true;
}

/**
 * The port for probes and Prometheus: plain HTTP/1.1, never shed, and open until the process ends, so that a shutdown
 * can be watched.
 */
@Injectable()
export class ManagementPort implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server = createServer(LIMITS, (request, response) => {
    onManagementPort.set(request, true);
    const mounted = this.listenerOf(request.url ?? '');
    if (mounted !== undefined) return mounted(request, response);
    if (PATHS.test(request.url ?? '')) return this.app(request, response);
    response.writeHead(NOT_FOUND).end();
  });

  private readonly mounted = new Map<string, RequestListener>();

  constructor(
    private readonly settings: Settings,
    private readonly adapters: HttpAdapterHost,
  ) {
    this.server.maxConnections = MAX_CONNECTIONS;
  }

  get address(): AddressInfo {
    return this.server.address() as AddressInfo; // a TCP port, not a pipe
  }

  /** The server of the main port. */
  get mainServer(): Server {
    return this.adapters.httpAdapter.getHttpServer() as Server; // the adapter makes it
  }

  /** Gives a listener everything below a path. Call it before the port opens. */
  mount(prefix: string, listener: RequestListener): void {
    this.mounted.set(prefix, listener);
  }

  /** @throws Error when the port is taken */
  async onApplicationBootstrap(): Promise<void> {
    const { host, port } = this.settings.management;
    this.server.listen(port, host);
    await once(this.server, 'listening');
    new Logger('Management').log(`Listening on http://${host}:${this.address.port}`);
  }

  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private listenerOf(url: string): RequestListener | undefined {
    for (const [prefix, listener] of this.mounted) {
      if (url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)) return listener;
    }
    return undefined;
  }

  private get app(): RequestListener {
    return this.adapters.httpAdapter.getInstance<RequestListener>();
  }
}
