import type { BedrockExceptionName } from '../bedrock/bedrock.exception.js';
import type { CallFailure } from '../observability/upstream-call-record.js';
import { isRedirect } from '../openai/redirect.js';
import { UpstreamError } from '../openai/upstream.error.js';
import { upstreamErrorToException } from '../translation/upstream-error.js';

/** What a status means for the client says whose fault it is; every other is the upstream's. */
const OUTCOMES: Partial<Record<BedrockExceptionName, CallFailure['outcome']>> = {
  AccessDeniedException: 'refused',
  ResourceNotFoundException: 'refused',
  ValidationException: 'refused',
  ThrottlingException: 'throttled',
};

/** A word, not a sentence: a server may put anything there. */
const CODE = /^[\w.-]{1,64}$/;

/** A failed call → what may be told of it. Messages of upstreams may quote prompts and keys: they stay here. */
export function errorToCallFailure(error: unknown, modelId: string): CallFailure {
  if (!(error instanceof UpstreamError)) return { outcome: 'error' };
  const { failure, status, code, message } = error;
  const told = code !== undefined && CODE.test(code) ? { code } : {};
  if (failure !== 'status') return { outcome: failure, ...told, ...(isOurs(error) && { message }) };
  const exception = upstreamErrorToException(error, modelId).name;
  return { outcome: OUTCOMES[exception] ?? 'error', status, ...told, ...(isOurs(error) && { message }) };
}

/** Of these failures the text is Node's or this proxy's own. */
function isOurs({ failure, status }: UpstreamError): boolean {
  if (failure === 'status') return status !== undefined && isRedirect(status);
  return failure === 'connect' || failure === 'reset' || failure === 'timeout';
}
