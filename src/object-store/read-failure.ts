import { isNativeError } from 'node:util/types';
import { BedrockException, ValidationException } from '../bedrock/bedrock.exception.js';

const UNEXPECTED =
  'The system encountered an unexpected error during processing. Try your request again. The object store failed.';
const TIMED_OUT =
  'The request took too long to process. The object store did not answer within the time allowed.';
const UNAVAILABLE = 'Bedrock is unable to process your request.';

/**
 * Refusals of S3 with a status from 400 to 499 that concern the proxy's own settings. Every other one concerns the object.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const MISCONFIGURED: ReadonlySet<string> = new Set([
  'AccountProblem',
  'AllAccessDisabled',
  'AuthorizationHeaderMalformed',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidSecurity',
  'InvalidToken',
  'NotSignedUp',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

/** Other words than codes may be those of any server. */
const CODE = /^\w{1,64}$/;

/** No credentials, a method that the server does not know, proxies, and a request that took too long. */
const OF_THE_PROXY: ReadonlySet<number> = new Set([401, 405, 407, 408]);

const BAD_REQUEST = 400;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;
const SERVICE_UNAVAILABLE = 503;

/** What the SDK throws → the exception that the client gets. It says nothing of the store's own words. */
export function readFailure(error: unknown, path: string): BedrockException {
  if (error instanceof BedrockException) return error;
  const status = statusOf(error);
  if (status === TOO_MANY_REQUESTS || status === SERVICE_UNAVAILABLE) {
    return new BedrockException('ServiceUnavailableException', UNAVAILABLE, { cause: error });
  }
  return concernsObject(error, status)
    ? unreadable(path, 'the object cannot be read.', error)
    : new BedrockException('InternalServerException', UNEXPECTED, { cause: error });
}

export function unreadable(path: string, reason: string, cause?: unknown): ValidationException {
  return new ValidationException(`The value at ${path} is invalid: ${reason}`, { path, cause });
}

export function timedOut(): BedrockException {
  return new BedrockException('ModelTimeoutException', TIMED_OUT);
}

/** Nobody waits for the objects any more. */
export function cancelled(cause: Error): BedrockException {
  return new BedrockException('ServiceUnavailableException', UNAVAILABLE, { cause });
}

/** The code of a failure for the log: the store's own, or that of the connection. */
export function failureCode(error: unknown): string {
  const cause = error instanceof BedrockException ? error.cause : undefined;
  if (!isNativeError(cause)) return isNativeError(error) ? error.name : 'Error';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  return CODE.test(code) ? code : 'Error';
}

/** Redirects are not followed: they mean another region, or another server. */
function concernsObject(error: unknown, status: number | undefined): boolean {
  if (status === undefined || status < BAD_REQUEST || status >= SERVER_ERROR) return false;
  if (OF_THE_PROXY.has(status)) return false;
  return !(isNativeError(error) && MISCONFIGURED.has(error.name));
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
