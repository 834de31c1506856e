import 'reflect-metadata';
import { ConsoleLogger, Logger, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { BedrockExceptionFilter } from './bedrock/bedrock-exception.filter.js';
import { ConfigModule, type ReadEnvironment } from './config/config.module.js';
import { EnvironmentError } from './config/environment.error.js';
import { EnvironmentVariables } from './config/environment-variables.js';
import { defaultLogFormat } from './config/default-log-format.js';
import { Settings } from './config/settings.js';
import { Exchanges } from './observability/exchanges.js';
import { NestLogger } from './observability/logs/nest-logger.js';
import { createRootLogger, type LogDestination } from './observability/logs/root-logger.js';
import { adviceForAbsent } from './operations/absent-operations.js';
import { ERROR_FORMATS } from './operations/error-formats.js';
import { DualProtocolAdapter } from './server/dual-protocol.adapter.js';
import { SIGNALS } from './server/second-signal.js';

/**
 * The whole service, ready to listen: what `main.ts` starts and the tests talk to.
 * @param logDestination in place of standard output
 * @throws StartupError when the environment or the configuration file is wrong; Nest's loggers then write as the
 * service would
 */
export async function createApp(logDestination?: LogDestination): Promise<INestApplication> {
  const environment = await readEnvironment().catch((error: unknown) =>
    logStartupError(error, logDestination),
  );
  const { server, log } = environment.settings;
  const root = createRootLogger(log, logDestination);
  Logger.overrideLogger(new NestLogger(root));
  const adapter = new DualProtocolAdapter(server, ERROR_FORMATS);
  const app = await NestFactory.create(AppModule.forRoot(root, environment), adapter, {
    abortOnError: false,
    bodyParser: false,
    logger: new NestLogger(root),
  });
  adapter.intake.observe(app.get(Exchanges).begin);
  const adviceFor = (method: string, url: string) =>
    adviceForAbsent(url) ?? adapter.offered.adviceFor(method, url);
  app.useGlobalFilters(new BedrockExceptionFilter(adviceFor, ERROR_FORMATS));
  // as PID 1 a signal sent to oneself is ignored, so the process must exit by itself
  app.enableShutdownHooks([...SIGNALS], { useProcessExit: true });
  return app;
}

/** Makes Nest's loggers write in the format that the environment asks for, and throws the error again. */
function logStartupError(error: unknown, logDestination?: LogDestination): never {
  if (error instanceof EnvironmentError) {
    const log = { level: 'info', format: error.logFormat ?? defaultLogFormat(), prompts: false } as const;
    Logger.overrideLogger(new NestLogger(createRootLogger(log, logDestination)));
  }
  throw error;
}

/** The port's protocol is a setting, and Nest builds the port before its container. */
async function readEnvironment(): Promise<ReadEnvironment> {
  try {
    const context = await NestFactory.createApplicationContext(ConfigModule.forRoot(), {
      abortOnError: false,
      logger: false,
    });
    const environment = { settings: context.get(Settings), variables: context.get(EnvironmentVariables) };
    await context.close();
    return environment;
  } finally {
    // `logger: false` silences every logger of the process
    Logger.overrideLogger(new ConsoleLogger());
  }
}
