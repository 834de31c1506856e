/** What is wrong with a configuration file: one line a mistake, each with its path in the file, never a secret. */
export class ConfigMistakes extends Error {
  override readonly name = 'ConfigMistakes';

  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}
