import type { BedrockExceptionName } from '../bedrock/bedrock.exception.js';
import type { Upstream } from '../config/configuration.js';
import type { AttemptFailure } from '../observability/attempt-record.js';
import { chatCompletionsUrl } from '../openai/chat-completions-url.js';
import { isRedirect } from '../openai/redirect.js';
import { UpstreamError } from '../openai/upstream.error.js';
import { upstreamErrorToException } from '../translation/upstream-error.js';

/** What a status means for the client says whose fault it is; every other is the upstream's. */
const OUTCOMES: Partial<Record<BedrockExceptionName, AttemptFailure['outcome']>> = {
  AccessDeniedException: 'refused',
  ResourceNotFoundException: 'refused',
  ValidationException: 'refused',
  ThrottlingException: 'throttled',
};

/** A word, not a sentence: a server may put anything there. */
const CODE = /^[\w.-]{1,64}$/;

/** Part of a path that says which version of an API it is. */
const VERSION = /\/v\d/;

/**
 * A failed call → what may be told of it. Messages of upstreams may quote prompts and keys: they stay here.
 * @param upstream whose it was, for the path that was asked for
 */
export function errorToAttemptFailure(
  error: unknown,
  modelId: string,
  upstream?: Pick<Upstream, 'baseUrl'>,
): AttemptFailure {
  if (!(error instanceof UpstreamError)) return { outcome: 'error' };
  const path = upstream === undefined ? undefined : chatCompletionsUrl(upstream.baseUrl).pathname;
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

/** Node's or this proxy's own words. Of an answer that is none, and of a refusal, those of the upstream are left out. */
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
