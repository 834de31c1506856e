/** What a service returns: the answer, and a report of what became of the request. */
export interface Outcome<Answer> {
  readonly answer: Answer;
  readonly report: Report;
}

export interface Report {
  /** JSON paths of what the translation could not carry. */
  readonly ignored: readonly string[];
}
