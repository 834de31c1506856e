import type { IncomingHttpHeaders } from 'node:http';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';

type HeaderMembers = Pick<
  ConverseRequestDto,
  'guardrailConfig' | 'performanceConfig' | 'requestMetadata' | 'serviceTier'
>;

/** What the headers of a request ask for beside its body. */
export interface InvokeHeaders {
  /** As members of a Converse request. */
  readonly members: HeaderMembers;
  /** Member → path of the header that it comes from: `headers.x-amzn-bedrock-service-tier`. */
  readonly paths: Readonly<Record<string, string>>;
  /** Paths of headers that are read, but have no effect. */
  readonly ignored: readonly string[];
}

/** @throws ValidationException naming the header */
export function readInvokeHeaders(_headers: IncomingHttpHeaders, _body: JsonObject): InvokeHeaders {
  return { members: {}, paths: {}, ignored: [] };
}
