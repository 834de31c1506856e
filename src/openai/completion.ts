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

/** Whether something of the answer is in it: a role, an empty delta or usage alone is not. */
export function hasContent(answer: ChatCompletionAnswer): boolean {
  return hasChoice(
    answer,
    (choice) => hasFinish(choice) || isSomething(choice.delta) || isSomething(choice.message),
  );
}

/** Whether the choice that was asked for ends with it: by its finish_reason, or because it is whole. */
export function isFinished(answer: ChatCompletionAnswer): boolean {
  const isWhole = answer.object === 'chat.completion';
  return hasChoice(
    answer,
    (choice) => (choice.index ?? 0) === 0 && (hasFinish(choice) || (isWhole && choice.message != null)),
  );
}

/** Every member of an answer may be missing, so any object may be one. */
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

/** Members are what a server says they are; these are looked into. */
function hasChoice({ choices }: ChatCompletionAnswer, is: (choice: ChoiceAnswer) => boolean): boolean {
  return Array.isArray(choices) && choices.some((choice) => choice != null && is(choice));
}

/** Some servers say an empty one with every chunk. */
function hasFinish({ finish_reason: finishReason }: ChoiceAnswer): boolean {
  return typeof finishReason === 'string' && finishReason !== '';
}

function isSomething(message: MessageAnswer | null | undefined): boolean {
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
    message.function_call != null
  );
}

/** A text, a list, or the object that TGI sends in place of a list. */
function isFilled(value: string | readonly unknown[] | object | null | undefined): boolean {
  if (value == null) return false;
  return typeof value === 'string' || Array.isArray(value) ? value.length > 0 : true;
}
