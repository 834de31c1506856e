import type { ChatCompletionAnswer, ChoiceAnswer, MessageAnswer } from './chat-completion.js';
import { errorInAnswer, excerptOf } from './error-body.js';
import { unusable } from './upstream.error.js';
import { wellFormedJson } from './well-formed-json.js';

/**
 * The body of a 200 → the completion in it.
 *
 * @throws UpstreamError `status`: it carries an error; `unusable`: it is not JSON, or has no list of choices
 */
export function textToCompletion(text: string): ChatCompletionAnswer {
  const answer = textToAnswer(wellFormedJson(text));
  if (!Array.isArray(answer.choices)) {
    throw unusable('an answer without choices', { excerpt: excerptOf(text) });
  }
  return answer;
}

/**
 * JSON → a completion or a chunk of one.
 *
 * @throws UpstreamError `status`: it carries an error; `unusable`: it is not a JSON object
 */
export function textToAnswer(text: string): ChatCompletionAnswer {
  const answer = parseJson(text);
  const error = errorInAnswer(answer);
  if (error !== undefined) throw error;
  if (isAnswer(answer)) return answer;
  throw unusable('not a JSON object', { excerpt: excerptOf(text) });
}

/** Whether the chunk has content or a finish_reason. A role, an empty delta or usage alone does not count. */
export function hasContent(answer: ChatCompletionAnswer): boolean {
  return hasChoice(
    answer,
    (choice) => hasFinish(choice) || isFilledMessage(choice.delta) || isFilledMessage(choice.message),
  );
}

/** Whether a choice ends here: it has a finish_reason, or it is of a whole completion. */
export function finishesChoice(answer: ChatCompletionAnswer, index: number): boolean {
  const isWhole = answer.object === 'chat.completion';
  return hasChoice(
    answer,
    (choice) => (choice.index ?? 0) === index && (hasFinish(choice) || (isWhole && choice.message != null)),
  );
}

/** Every member of an answer may be missing, so any object can be one. */
function isAnswer(value: unknown): value is ChatCompletionAnswer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable('not JSON', { excerpt: excerptOf(text), cause: error });
  }
}

/** Checks the types, because a server may send something else than a list of objects. */
function hasChoice({ choices }: ChatCompletionAnswer, is: (choice: ChoiceAnswer) => boolean): boolean {
  return Array.isArray(choices) && choices.some((choice) => choice != null && is(choice));
}

/** Some servers send an empty finish_reason with every chunk. */
function hasFinish({ finish_reason: finishReason }: ChoiceAnswer): boolean {
  return typeof finishReason === 'string' && finishReason !== '';
}

function isFilledMessage(message: MessageAnswer | null | undefined): boolean {
  if (message == null) return false;
  return (
    isFilled(message.content) ||
    isFilled(message.reasoning_content) ||
    isFilled(message.reasoning) ||
    isFilled(message.reasoning_details) ||
    isFilled(message.thinking_blocks) ||
    isFilled(message.refusal) ||
    isFilled(message.tool_calls) ||
    isFilled(message.audio?.transcript) ||
    isFilled(message.audio?.data) ||
    message.function_call != null
  );
}

/** Whether a text or a list is not empty. TGI sends an object in place of a list, which counts as filled. */
function isFilled(value: string | readonly unknown[] | object | null | undefined): boolean {
  if (value == null) return false;
  return typeof value === 'string' || Array.isArray(value) ? value.length > 0 : true;
}
