import type { Exchange } from '../observability/exchange.js';
import { JsonReply } from '../server/reply.js';
import { ignoredParametersHeaders } from './ignored-parameters.js';
import type { OperationResult } from './operation-result.js';

/**
 * The result of an operation → the JSON that is sent: the answer as the body, the report as headers. The exchange
 * records the answer. This is a function because an interceptor would cost a tenth of the time of a small call.
 */
export function resultToReply(result: OperationResult<object>, exchange: Exchange): JsonReply {
  exchange.recordAnswer(result.answer, result.summary);
  return new JsonReply(result.answer, resultHeaders(result));
}

/** The headers that accompany an answer. To be read once the answer is there: until then the report may change. */
export function resultHeaders({
  report,
  headers,
}: Pick<OperationResult<unknown>, 'report' | 'headers'>): Readonly<Record<string, string>> {
  const reported = ignoredParametersHeaders(report.ignored);
  return headers === undefined ? reported : { ...reported, ...headers };
}
