/** What is wrong with a configuration file: one line a mistake, each with its path in the file, never a secret. */
export class ConfigMistakes extends Error {
  override readonly name = 'ConfigMistakes';

  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    // a key of the file may hold a line break
    const lines = mistakes.map((mistake) => mistake.replace(/\p{Cc}/gu, ' '));
    super(lines.map((line) => `Bad configuration file: ${line}`).join('\n'));
    this.mistakes = lines;
  }
}
