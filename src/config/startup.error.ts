/** Configuration errors that prevent the start: one line each, without values, which may be secrets. */
export abstract class StartupError extends Error {
  readonly problems: readonly string[];

  constructor(subject: string, problems: readonly string[]) {
    // a key in the file may contain a line break
    const lines = problems.map((problem) => problem.replace(/\p{Cc}/gu, ' '));
    super(lines.map((line) => `${subject}: ${line}`).join('\n'));
    this.problems = lines;
  }
}
