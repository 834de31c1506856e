import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { errorInAnswer } from '../../openai/error-body.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { objectOf } from '../json-value.js';
import { isFailedFinish } from './stop-reason.js';

/**
 * The error in an answer or a chunk: an `error` member of it or of its choice, or a finish_reason that reports a failure
 * (then without a status). Undefined when there is none.
 */
export function failedFinish(
  answer: ChatCompletionAnswer,
  choice: ChoiceAnswer | undefined,
): UpstreamError | undefined {
  const error = errorInAnswer({ error: answer.error }) ?? errorInAnswer({ error: objectOf(choice)?.error });
  if (error !== undefined || choice?.finish_reason == null || !isFailedFinish(choice)) return error;
  return new UpstreamError('status', 'The model stopped with an error.');
}
