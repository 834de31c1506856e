import { UpstreamError } from '../openai/upstream.error.js';
import { isContentRefusal } from '../translation/upstream-error.js';

/**
 * A failed call: an upstream that refuses the prompt's content gave an answer.
 * @throws `error` itself when it is anything else
 */
export function answerForContentRefusal<Answer>(error: unknown, refused: () => Answer): Answer {
  if (error instanceof UpstreamError && isContentRefusal(error)) return refused();
  throw error;
}
