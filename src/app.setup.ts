import 'reflect-metadata';
import { Logger, type INestApplication, type LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { BedrockExceptionFilter } from './bedrock/bedrock-exception.filter.js';
import { ConfigModule } from './config/config.module.js';
import { Settings } from './config/settings.js';
import { DualProtocolAdapter } from './server/dual-protocol.adapter.js';

/** Without Nest's own account of its start. */
const WHILE_STARTING: LogLevel[] = ['fatal', 'error', 'warn'];

/**
 * The whole service, ready to listen: what `main.ts` starts and the tests talk to.
 * @throws Error naming the first bad variable of the environment
 */
export async function createApp(): Promise<INestApplication> {
  const { server } = await readSettings();
  const app = await NestFactory.create(AppModule.forRoot(), new DualProtocolAdapter(server), {
    abortOnError: false,
    bodyParser: false,
    logger: WHILE_STARTING,
  });
  app.useGlobalFilters(new BedrockExceptionFilter());
  // as PID 1 a signal sent to oneself is ignored, so the process must exit by itself
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
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
    Logger.overrideLogger(WHILE_STARTING);
  }
}
