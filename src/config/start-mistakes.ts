/** Configuration errors that prevent the start: one line each, without values, which may be secrets. */
export abstract class StartMistakes extends Error {
  readonly mistakes: readonly string[];

  constructor(subject: string, mistakes: readonly string[]) {
    // a key in the file may contain a line break
    const lines = mistakes.map((mistake) => mistake.replace(/\p{Cc}/gu, ' '));
    super(lines.map((line) => `${subject}: ${line}`).join('\n'));
    this.mistakes = lines;
  }
}
