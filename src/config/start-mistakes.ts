/**
 * What an operator has to mend before the service starts: one line a mistake, and never a value, which may be a
 * secret.
 */
export abstract class StartMistakes extends Error {
  readonly mistakes: readonly string[];

  constructor(subject: string, mistakes: readonly string[]) {
    // a key of a file may hold a line break
    const lines = mistakes.map((mistake) => mistake.replace(/\p{Cc}/gu, ' '));
    super(lines.map((line) => `${subject}: ${line}`).join('\n'));
    this.mistakes = lines;
  }
}
