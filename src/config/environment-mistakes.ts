import type { LogFormat } from './settings.js';
import { StartMistakes } from './start-mistakes.js';

/** What is wrong with the variables of the environment: each mistake with the name of its variable. */
export class EnvironmentMistakes extends StartMistakes {
  override readonly name = 'EnvironmentMistakes';

  /** @param logFormat how to log the mistakes, where the environment says it and is right in that */
  constructor(
    mistakes: readonly string[],
    readonly logFormat?: LogFormat,
  ) {
    super('Bad configuration', mistakes);
  }
}
