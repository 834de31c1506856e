import type { UpstreamCallRecord } from '../observability/upstream-call-record.js';

/** What a service returns: the answer, and a report of what became of the request. */
export interface Outcome<Answer> {
  readonly answer: Answer;
  readonly report: Report;
}

/** As far as it is known: while an answer is awaited, what is being tried. */
export interface Report {
  /** JSON paths of what the translation could not carry. */
  ignored: readonly string[];
  /** Calls that were made, in order. */
  readonly calls: UpstreamCallRecord[];
}
