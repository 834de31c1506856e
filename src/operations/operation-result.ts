import type { AnswerSummary, OperationReport } from '../observability/operation-report.js';

/** What the service of an operation returns. */
export interface OperationResult<Answer> {
  readonly answer: Answer;
  readonly report: OperationReport;
  /** What the answer says about itself. Absent for a stream, which tells it at its end. */
  readonly summary?: AnswerSummary;
  /** Headers of this operation alone, beside those that every operation sends. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
