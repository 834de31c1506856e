import type { OperationReport } from '../../observability/operation-report.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { nativeException } from './native-exception.js';
import { NativeReport, type PathsInRequest } from './native-report.js';

/**
 * Runs an operation on the Converse request that a native one became. Errors and the report name the paths of the
 * native request.
 * @throws BedrockException
 */
export async function inNativePaths<Answer>(
  paths: PathsInRequest,
  context: OperationContext,
  run: () => Promise<OperationResult<Answer>>,
): Promise<OperationResult<Answer>> {
  try {
    const result = await run();
    return { ...result, report: nativeReport(paths, result.report, context) };
  } catch (error) {
    const { report } = context.exchange;
    if (report !== undefined) nativeReport(paths, report, context);
    throw nativeException(error, paths.nativePath);
  }
}

/** The log and the metrics read the report too, also of a request that failed. */
export function nativeReport(
  paths: PathsInRequest,
  report: OperationReport,
  { exchange }: OperationContext,
): OperationReport {
  const native = new NativeReport(report, paths);
  exchange.report = native;
  return native;
}
