import type { AttemptRecord } from '../../observability/attempt-record.js';
import type { OperationReport } from '../../observability/operation-report.js';

/** What the format and the headers of a request say about its paths. */
export interface PathsInRequest {
  /** Native paths that were reported before the translation. */
  readonly reported: readonly string[];
  nativePath(this: void, conversePath: string): string;
}

/** The report of a Converse request, told in the paths of the native one. */
export class NativeReport implements OperationReport {
  constructor(
    private readonly report: OperationReport,
    private readonly paths: PathsInRequest,
  ) {}

  nativePath(path: string): string {
    return this.paths.nativePath(path);
  }

  get attempts(): AttemptRecord[] {
    return this.report.attempts;
  }

  get ignored(): readonly string[] {
    const { reported } = this.paths;
    const { ignored } = this.report;
    if (ignored.length === 0) return reported;
    return [...new Set([...reported, ...ignored.map((path) => this.paths.nativePath(path))])];
  }
}
