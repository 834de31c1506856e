import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { separateBedrockMembers } from './guardrail-body.js';
import type { InvokeRequest } from './invoke-handler.js';
import { readInvokeHeaders } from './invoke-headers.js';

const IDENTIFIER = 'x-amzn-bedrock-guardrailidentifier';

/** What a request says of its guardrail, and its body without the members that are Bedrock's own. */
export type GuardedBody = Pick<InvokeRequest, 'body' | 'headers' | 'guardrail' | 'ignored'>;

/** Whether a request asks for a guardrail. */
export function namesGuardrail(headers: IncomingHttpHeaders): boolean {
  return headers[IDENTIFIER] !== undefined;
}

/**
 * For the doors of other APIs: of the headers of InvokeModel only those of the guardrail are read. Undefined for a request
 * that names none.
 * @throws ValidationException naming the header
 */
export function readGuardedBody(headers: IncomingHttpHeaders, json: JsonObject): GuardedBody | undefined {
  if (!namesGuardrail(headers)) return undefined;
  const { body, guardrail, ignored } = separateBedrockMembers(json);
  const { members, nativePath } = readInvokeHeaders(headers, guardrail);
  const { guardrailConfig } = members;
  return {
    body,
    guardrail,
    ignored,
    headers: { members: guardrailConfig == null ? {} : { guardrailConfig }, ignored: [], nativePath },
  };
}
