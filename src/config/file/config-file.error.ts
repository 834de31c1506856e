import { StartupError } from '../startup.error.js';

/** An invalid configuration file: one line for each problem, with its path in the file. */
export class ConfigFileError extends StartupError {
  override readonly name = 'ConfigFileError';

  constructor(problems: readonly string[]) {
    super('Bad configuration file', problems);
  }
}
