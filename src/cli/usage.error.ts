/** The command line is wrong, or the start needs a decision of the user. The message is for the terminal. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
