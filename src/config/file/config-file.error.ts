import { StartMistakes } from '../start-mistakes.js';

/** An invalid configuration file: one line for each mistake, with its path in the file. */
export class ConfigFileError extends StartMistakes {
  override readonly name = 'ConfigFileError';

  constructor(mistakes: readonly string[]) {
    super('Bad configuration file', mistakes);
  }
}
