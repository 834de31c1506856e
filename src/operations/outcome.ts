/** What a service returns: the answer, and a report of what became of the request. */
export interface Outcome<Answer> {
  readonly answer: Answer;
  readonly report: Report;
}

/** As far as it is known: while an answer is awaited, what is being tried. */
export interface Report {
  /** JSON paths of what the translation could not carry. */
  ignored: readonly string[];
  /** Name of the upstream that was asked last. */
  upstream?: string;
  /** The model's name there. */
  model?: string;
  /** Targets that were asked. */
  attempts: number;
}
