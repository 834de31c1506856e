/** Both sides of a call, for whoever wants to read them afterwards. */
export interface Transcript {
  /** The body of a request; another one of the same call takes its place, and that of its answer. */
  sent(body: string | Buffer): void;
  /** The answer, or a further part of it. */
  received(part: string | readonly Buffer[]): void;
}
