import { UpstreamError } from '../openai/upstream.error.js';
import { isContentRefusal } from '../translation/upstream-error.js';

/**
 * An upstream that refuses the content of the prompt has answered: the error becomes the answer of `refused`.
 * @throws `error` itself when it is any other error
 */
export function answerForContentRefusal<Answer>(error: unknown, refused: () => Answer): Answer {
  if (error instanceof UpstreamError && isContentRefusal(error)) return refused();
  throw error;
}
