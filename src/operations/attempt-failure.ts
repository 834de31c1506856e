import type { BedrockExceptionName } from '../bedrock/bedrock.exception.js';
import type { Upstream } from '../config/configuration.js';
import type { AttemptFailure } from '../observability/attempt-record.js';
import { CHAT_COMPLETIONS, type Endpoint, endpointUrl } from '../openai/endpoint.js';
import { isRedirect } from '../openai/redirect.js';
import { UpstreamError } from '../openai/upstream.error.js';
import { upstreamErrorToException } from '../translation/upstream-error.js';

/** Bedrock exceptions that are the request's or the quota's fault → the outcome. All others are errors of the upstream. */
const OUTCOMES: Partial<Record<BedrockExceptionName, AttemptFailure['outcome']>> = {
  AccessDeniedException: 'refused',
  ResourceNotFoundException: 'refused',
  ValidationException: 'refused',
  ThrottlingException: 'throttled',
};

/** A code is recorded only when it is a single word: a server may put anything there. */
const CODE = /^[\w.-]{1,64}$/;

/** The API version in a path. */
const VERSION = /\/v\d/;

/**
 * The error of a call → what may be logged about it. Messages of upstreams are left out, because they may quote prompts
 * and keys.
 * @param upstream the upstream that was called; the path of the endpoint is reported
 */
export function errorToAttemptFailure(
  error: unknown,
  modelId: string,
  upstream?: Pick<Upstream, 'baseUrl'>,
  endpoint: Endpoint = CHAT_COMPLETIONS,
): AttemptFailure {
  if (!(error instanceof UpstreamError)) return { outcome: 'error' };
  const path = upstream === undefined ? undefined : endpointUrl(upstream.baseUrl, endpoint).pathname;
  const outcome = outcomeOf(error, modelId);
  const { status, code } = error;
  const message = messageOf(error, outcome, path);
  return {
    outcome,
    ...(status !== undefined && { status }),
    ...(code !== undefined && CODE.test(code) && { code }),
    ...(message !== undefined && { message }),
    ...(path !== undefined && { path }),
  };
}

function outcomeOf(error: UpstreamError, modelId: string): AttemptFailure['outcome'] {
  if (error.failure !== 'status') return error.failure;
  return OUTCOMES[upstreamErrorToException(error, modelId).name] ?? 'error';
}

/** A message of Node or of this proxy, never of the upstream. */
function messageOf(
  { failure, status, message, reason }: UpstreamError,
  outcome: AttemptFailure['outcome'],
  path: string | undefined,
): string | undefined {
  if (failure === 'unusable') return reason;
  if (failure !== 'status') return failure === 'aborted' ? undefined : message;
  if (status !== undefined && isRedirect(status)) return message;
  if (outcome !== 'error' || (status !== 404 && status !== 405)) return undefined;
  const isVersioned = path === undefined || VERSION.test(path);
  return `the upstream does not know the path${isVersioned ? '' : ': is /v1 missing in the base?'}`;
}
