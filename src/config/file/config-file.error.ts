import { StartMistakes } from '../start-mistakes.js';

/** What is wrong with a configuration file: each mistake with its path in the file. */
export class ConfigFileError extends StartMistakes {
  override readonly name = 'ConfigMistakes';

  constructor(mistakes: readonly string[]) {
    super('Bad configuration file', mistakes);
  }
}
