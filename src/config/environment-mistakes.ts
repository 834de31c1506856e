import type { LogFormat } from './settings.js';
import { StartMistakes } from './start-mistakes.js';

/** Invalid environment variables: one line each, with the name of the variable. */
export class EnvironmentMistakes extends StartMistakes {
  override readonly name = 'EnvironmentMistakes';

  /** @param logFormat the environment's log format, if it is valid, in which the errors are logged */
  constructor(
    mistakes: readonly string[],
    readonly logFormat?: LogFormat,
  ) {
    super('Bad configuration', mistakes);
  }
}
