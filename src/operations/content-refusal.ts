import { UpstreamError } from '../openai/upstream.error.js';
import { isContentRefusal, upstreamErrorToException } from '../translation/upstream-error.js';

/**
 * A failed call: an upstream that refuses the prompt's content gave an answer, anything else is an exception.
 * @throws BedrockException for an UpstreamError, and whatever else `error` is
 */
export function refusalOrException<Answer>(error: unknown, refused: () => Answer): Answer {
  if (!(error instanceof UpstreamError)) throw error;
  if (isContentRefusal(error)) return refused();
  throw upstreamErrorToException(error);
}
