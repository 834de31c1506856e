import { BedrockException, type BedrockExceptionName } from '../../bedrock/bedrock.exception.js';

/**
 * Exceptions of other operations → those that CountTokens can raise. `ModelTimeoutException` means that a deadline of the
 * proxy passed, `ModelErrorException` that the upstream's answer was unusable.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html#API_runtime_CountTokens_Errors
 */
const NAMES: ReadonlyMap<BedrockExceptionName, BedrockExceptionName> = new Map<
  BedrockExceptionName,
  BedrockExceptionName
>([
  ['ModelTimeoutException', 'ServiceUnavailableException'],
  ['ModelNotReadyException', 'ServiceUnavailableException'],
  ['ModelErrorException', 'InternalServerException'],
  ['ServiceQuotaExceededException', 'ThrottlingException'],
]);

/** Any error of a call → one that CountTokens can raise; an error that is no BedrockException stays the same. */
export function toCountException(error: unknown): unknown {
  if (!(error instanceof BedrockException)) return error;
  const name = NAMES.get(error.name);
  if (name === undefined) return error;
  return new BedrockException(name, error.message, { cause: error.cause, headers: error.headers });
}
