import type { AttemptRecord } from '../observability/attempt-record.js';

/** What a service returns: the answer, and a report of what became of the request. */
export interface OperationResult<Answer> {
  readonly answer: Answer;
  readonly report: MutableOperationReport;
}

/** As far as it is known: while an answer is awaited, what is being tried. */
export interface MutableOperationReport {
  /** JSON paths of what the translation could not carry. */
  ignored: readonly string[];
  /** Calls that were made, in order. */
  readonly attempts: AttemptRecord[];
}
