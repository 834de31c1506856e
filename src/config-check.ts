import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from './config/config.module.js';
import { EnvironmentVariables } from './config/environment-variables.js';
import { checkConfigFile, type CheckReport } from './config/file/check-config-file.js';
import { Settings } from './config/settings.js';
import { unroutedPrompts } from './routing/unrouted-prompts.js';

/**
 * `node dist/config-check.js [FILE]`: checks FILE, or CONFIG_FILE, and prints the problems. The exit status is
 * 0 if there are none.
 */
const { isOk, lines } = await check(process.argv[2]).catch((error: unknown): CheckReport => ({
  isOk: false,
  lines: [error instanceof Error ? error.message : String(error)],
}));
for (const line of lines) process.stdout.write(`${line}\n`);
process.exitCode = isOk ? 0 : 1;

async function check(argument: string | undefined): Promise<CheckReport> {
  const context = await NestFactory.createApplicationContext(ConfigModule.forRoot(), {
    abortOnError: false,
    logger: false,
  });
  const { configFile, upstream } = context.get(Settings);
  const path = argument ?? configFile;
  if (path === undefined) throw new Error('Give the path of a file, or set CONFIG_FILE');
  const sources = { path, defaults: upstream, variables: context.get(EnvironmentVariables) };
  return checkConfigFile(sources, unroutedPrompts);
}
