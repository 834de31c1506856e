import type { ConverseResponse } from '../bedrock/converse/converse-response.js';
import type { Exchange } from '../observability/exchange.js';
import { JsonReply } from '../server/reply.js';
import { ignoredParametersHeaders } from './ignored-parameters.js';
import type { OperationResult } from './operation-result.js';

/**
 * Outcome → what is sent: the answer, the report as headers. What it says of itself is written down. A function and
 * no interceptor: for every call that would cost a tenth of all that the service does.
 */
export function resultToReply(
  { answer, report }: OperationResult<ConverseResponse>,
  exchange: Exchange,
): JsonReply {
  exchange.recordAnswer(answer);
  return new JsonReply(answer, ignoredParametersHeaders(report.ignored));
}
