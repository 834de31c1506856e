import { BedrockException, type BedrockExceptionName } from '../bedrock/bedrock.exception.js';
import { retryAfterHeaders } from '../translation/retry-after.js';

/** Over a limit. */
export function throttlingException(retryAfterMs: number): BedrockException {
  return tryLater('ThrottlingException', 'Too many requests, please wait before trying again.', retryAfterMs);
}

/** Nobody could be asked. */
export function serviceUnavailableException(retryAfterMs: number): BedrockException {
  return tryLater('ServiceUnavailableException', 'Bedrock is unable to process your request.', retryAfterMs);
}

/** A whole second at least: clients read `retry-after` as seconds, and zero as "at once". */
function tryLater(name: BedrockExceptionName, message: string, retryAfterMs: number): BedrockException {
  return new BedrockException(name, message, {
    headers: retryAfterHeaders({ retryAfterMs: Math.max(1_000, retryAfterMs) }),
  });
}
