import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Settings } from '../../config/settings.js';
import { RequestAttachment } from '../fast-path/request-attachment.js';

/** Nothing else is heard here: what clients may ask is asked on the main port. */
const PATHS = /^\/(?:health|metrics)(?:[/?]|$)/;
const NOT_FOUND = 404;

/** A scrape or a probe takes milliseconds, and few ask. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 75_000 };
const MAX_CONNECTIONS = 100;

const heard = new RequestAttachment<true>();

export function cameInByManagementPort(request: IncomingMessage): boolean {
  return heard.get(request) === true;
}

/**
 * The port for probes and Prometheus: plain HTTP/1.1, never shed, and open as long as the process lives, so that
 * draining can be watched.
 */
@Injectable()
export class ManagementPort implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server = createServer(LIMITS, (request, response) => {
    heard.set(request, true);
    if (PATHS.test(request.url ?? '')) return this.app(request, response);
    response.writeHead(NOT_FOUND).end();
  });

  constructor(
    private readonly settings: Settings,
    private readonly adapters: HttpAdapterHost,
  ) {
    this.server.maxConnections = MAX_CONNECTIONS;
  }

  get address(): AddressInfo {
    return this.server.address() as AddressInfo; // a TCP port, not a pipe
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

  private get app(): RequestListener {
    return this.adapters.httpAdapter.getInstance<RequestListener>();
  }
}
