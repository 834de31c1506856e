import type { OperationReport } from '../../observability/operation-report.js';
import { nativeException } from '../invoke-model/native-exception.js';
import { NativeReport, type PathsInRequest } from '../invoke-model/native-report.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';

/**
 * Counts a Converse request, and tells errors and the report in the paths of the request that it comes from.
 * @throws BedrockException
 */
export async function inPathsOf<Answer>(
  paths: PathsInRequest,
  { exchange }: OperationContext,
  count: () => Promise<OperationResult<Answer>>,
): Promise<OperationResult<Answer>> {
  const tell = (report: OperationReport): OperationReport =>
    (exchange.report = new NativeReport(report, paths));
  try {
    const result = await count();
    return { ...result, report: tell(result.report) };
  } catch (error) {
    if (exchange.report !== undefined) tell(exchange.report);
    throw nativeException(error, paths.nativePath);
  }
}
