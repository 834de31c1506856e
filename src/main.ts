import { Logger } from '@nestjs/common';
import { createApp } from './app.setup.js';
import { Configurations } from './config/configuration.js';
import { isLoopback } from './config/host-name.js';
import { Settings } from './config/settings.js';

const logger = new Logger('Proxy');

try {
  const app = await createApp();
  const { server, upstream } = app.get(Settings);
  await app.listen(server.port, server.host);
  logger.log(`Listening on ${server.tls ? 'https' : 'http'}://${server.host}:${server.port}`);
  logger.log(`Upstream: ${upstream.baseUrl} (${upstream.dialect})`);
  if (!isLoopback(server.host) && app.get(Configurations).current.clients.length === 0) {
    logger.warn(`${server.host} is reachable from outside and clients are not authenticated`);
  }
} catch (error) {
  logger.fatal(error instanceof Error ? error.message : error);
  // a port that was opened would keep the process alive
  process.exit(1);
}
