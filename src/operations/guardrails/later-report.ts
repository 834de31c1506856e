import type { AttemptRecord } from '../../observability/attempt-record.js';
import type { OperationReport } from '../../observability/operation-report.js';

/** The report of a call that has not begun: the request is examined first. */
export class LaterReport implements OperationReport {
  #report: OperationReport = { ignored: [], attempts: [] };
  #hints: readonly string[] = [];

  follow(report: OperationReport): void {
    this.#report = report;
  }

  /** Adds JSON paths of members that have no effect. */
  hint(paths: readonly string[]): void {
    this.#hints = paths;
  }

  get attempts(): AttemptRecord[] {
    return this.#report.attempts;
  }

  get ignored(): readonly string[] {
    return this.#hints.length === 0 ? this.#report.ignored : [...this.#report.ignored, ...this.#hints];
  }
}
