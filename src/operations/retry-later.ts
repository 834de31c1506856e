import { BedrockException, type BedrockExceptionName } from '../bedrock/bedrock.exception.js';
import { retryAfterHeaders } from '../translation/retry-after.js';

/** For a request over a limit. */
export function throttlingException(retryAfterMs: number): BedrockException {
  return tryLater('ThrottlingException', 'Too many requests, please wait before trying again.', retryAfterMs);
}

/** For a request without a target that can be called now. */
export function serviceUnavailableException(retryAfterMs: number): BedrockException {
  return tryLater('ServiceUnavailableException', 'Bedrock is unable to process your request.', retryAfterMs);
}

/** At least one second: clients read `retry-after` in seconds, and 0 as "at once". */
function tryLater(name: BedrockExceptionName, message: string, retryAfterMs: number): BedrockException {
  return new BedrockException(name, message, {
    headers: retryAfterHeaders({ retryAfterMs: Math.max(1_000, retryAfterMs) }),
  });
}
