import 'reflect-metadata';
import { ConsoleLogger, Logger, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { BedrockExceptionFilter } from './bedrock/bedrock-exception.filter.js';
import { ConfigModule } from './config/config.module.js';
import { Settings } from './config/settings.js';
import { Exchanges } from './observability/exchanges.js';
import { NestLogger } from './observability/logs/nest-logger.js';
import { createRootLogger, type LogDestination } from './observability/logs/root-logger.js';
import { DualProtocolAdapter } from './server/dual-protocol.adapter.js';
import { SIGNALS } from './server/second-signal.js';

/**
 * The whole service, ready to listen: what `main.ts` starts and the tests talk to.
 * @param logDestination in place of standard output
 * @throws Error naming the first bad variable of the environment
 */
export async function createApp(logDestination?: LogDestination): Promise<INestApplication> {
  const { server, log } = await readSettings();
  const root = await createRootLogger(log, logDestination);
  const adapter = new DualProtocolAdapter(server);
  const app = await NestFactory.create(AppModule.forRoot(root), adapter, {
    abortOnError: false,
    bodyParser: false,
    logger: new NestLogger(root),
  });
  adapter.entrance.observe(app.get(Exchanges).begin);
  app.useGlobalFilters(new BedrockExceptionFilter());
  // as PID 1 a signal sent to oneself is ignored, so the process must exit by itself
  app.enableShutdownHooks([...SIGNALS], { useProcessExit: true });
  return app;
}

/** The port's protocol is a setting, and Nest builds the port before its container. */
async function readSettings(): Promise<Settings> {
  try {
    const context = await NestFactory.createApplicationContext(ConfigModule.forRoot(), {
      abortOnError: false,
      logger: false,
    });
    const settings = context.get(Settings);
    await context.close();
    return settings;
  } finally {
    // `logger: false` silences every logger of the process
    Logger.overrideLogger(new ConsoleLogger());
  }
}
