import type { AddressInfo } from 'node:net';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { Logger } from '@nestjs/common';
import { createApp } from './app.setup.js';
import { Configurations, type Configuration } from './config/configuration.js';
import { isLoopback } from './config/host-name.js';
import { Settings, type ServerSettings } from './config/settings.js';
import { ENDED_BY_SIGNAL } from './server/second-signal.js';

const STANDARD_STREAMS = [0, 1];

const logger = new Logger('Proxy');

/** Starts the service. If that fails, logs the reason and ends the process. */
export async function start(): Promise<void> {
  stopAtOnceByKeyboard();
  try {
    const app = await createApp();
    const { server } = app.get(Settings);
    releaseUnused();
    await app.listen(server.port, server.host);
    const { port } = app.getHttpServer().address() as AddressInfo; // a TCP port, not a pipe
    announce({ ...server, port }, app.get(Configurations).current);
  } catch (error) {
    const message = portTaken(error) ?? (error instanceof Error ? error.message : String(error));
    for (const line of message.split('\n')) logger.fatal(line);
    // a port that was opened would keep the process alive
    process.exit(1);
  }
}

/**
 * Collects all garbage once, and returns the free pages to the system: loading the modules leaves 30 MB of both, which
 * would stay, and let the heap grow as if all of it were needed.
 */
function releaseUnused(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function portTaken(error: unknown): string | undefined {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }; // as Node defines
  if (code !== 'EADDRINUSE') return undefined;
  return `Port ${port} is taken by another program: set PORT, or MANAGEMENT_PORT, to another one`;
}

/** Who sits at a terminal and presses Ctrl-C does not wait for clients. Other SIGINTs drain, as SIGTERM does. */
function stopAtOnceByKeyboard(): void {
  if (!STANDARD_STREAMS.some((descriptor) => isatty(descriptor))) return;
  process.once('SIGINT', () => process.exit(ENDED_BY_SIGNAL + constants.signals.SIGINT));
}

function announce({ host, port, tls }: ServerSettings, { upstreams, clients }: Configuration): void {
  logger.log(`Listening on ${tls ? 'https' : 'http'}://${host}:${port}`);
  for (const { name, baseUrl, dialect } of upstreams) {
    // a query may hold a key
    logger.log(`Upstream ${name}: ${baseUrl.split('?')[0]} (${dialect})`);
  }
  if (!isLoopback(host) && clients.length === 0) {
    logger.warn(`${host} is reachable from outside and clients are not authenticated`);
  }
}
