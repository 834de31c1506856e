import { isNativeError } from 'node:util/types';
import { Logger } from 'nestjs-pino';
import type { PinoLogger } from 'nestjs-pino';
import type { Logger as RootLogger } from 'pino';
import { StartMistakes } from '../../config/start-mistakes.js';
import { errorToRecord } from './error-to-record.js';
import { redactSecrets } from './redact-secrets.js';

/** Nest's own account of its start. */
const NEST_STARTING: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** What Nest, and whoever has a Nest logger, says → the root logger. Without a logger for each request. */
export class NestLogger extends Logger {
  constructor(root: RootLogger) {
    // the levels are all that is called of it, and both have them
    super(root as unknown as PinoLogger, {});
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (NEST_STARTING.has(rest.at(-1))) this.debug(message, ...rest);
    else super.log(scrubbed(message), ...rest);
  }

  override warn(message: unknown, ...rest: unknown[]): void {
    super.warn(scrubbed(message), ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    // Nest reports what stops the start, with a stack; whoever started it says the same in a line each
    if (message instanceof StartMistakes) return;
    super.error(scrubbed(message), ...rest);
  }

  override fatal(message: unknown, ...rest: unknown[]): void {
    super.fatal(scrubbed(message), ...rest);
  }
}

/** Of an error, pino would take the whole message. */
function scrubbed(message: unknown): unknown {
  if (typeof message === 'string') return redactSecrets(message);
  return isNativeError(message) ? { err: errorToRecord(message) } : message;
}
