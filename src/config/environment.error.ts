import type { LogFormat } from './settings.js';
import { StartupError } from './startup.error.js';

/** Invalid environment variables: one line each, with the name of the variable. */
export class EnvironmentError extends StartupError {
  override readonly name = 'EnvironmentError';

  /** @param logFormat the environment's log format, if it is valid, in which the errors are logged */
  constructor(
    problems: readonly string[],
    readonly logFormat?: LogFormat,
  ) {
    super('Bad configuration', problems);
  }
}
