import type { OperationReport } from '../../observability/operation-report.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
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

/** As `inNativePaths`, for a stream. What goes wrong before its first event names native paths. */
export function streamInNativePaths<Event>(
  paths: PathsInRequest,
  context: OperationContext,
  result: StreamResult<Event>,
): StreamResult<Event> {
  const answer = result.answer.catch((error: unknown) => {
    throw nativeException(error, paths.nativePath);
  });
  return { ...result, answer, report: nativeReport(paths, result.report, context) };
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
