import { isNativeError } from 'node:util/types';
import { Logger } from 'nestjs-pino';
import type { PinoLogger } from 'nestjs-pino';
import type { Logger as RootLogger } from 'pino';
import { StartupError } from '../../config/startup.error.js';
import { errorToRecord } from './error-to-record.js';
import { redactSecrets } from './redact-secrets.js';

/** Contexts of Nest's own messages at the start. They are logged at debug. */
const NEST_STARTING: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's logger: writes to the root logger, without secrets. It makes no logger per request. */
export class NestLogger extends Logger {
  constructor(root: RootLogger) {
    // nestjs-pino calls only the level methods, which both types have
    super(root as unknown as PinoLogger, {});
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (NEST_STARTING.has(rest.at(-1))) this.debug(message, ...rest);
    else super.log(redacted(message), ...rest);
  }

  override warn(message: unknown, ...rest: unknown[]): void {
    super.warn(redacted(message), ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    // main.ts reports these in one line each; Nest would log them again, with a stack
    if (message instanceof StartupError) return;
    super.error(redacted(message), ...rest);
  }

  override fatal(message: unknown, ...rest: unknown[]): void {
    super.fatal(redacted(message), ...rest);
  }
}

/** Pino would log the whole message of an error. */
function redacted(message: unknown): unknown {
  if (typeof message === 'string') return redactSecrets(message);
  return isNativeError(message) ? { err: errorToRecord(message) } : message;
}
