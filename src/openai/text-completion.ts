import type { ChatCompletionAnswer, ChatCompletionParams, ChoiceAnswer } from './chat-completion.js';

/** The body of `POST {base}/completions`: a prompt in place of messages. */
export interface TextCompletionParams {
  prompt: string;
  stream_options?: ChatCompletionParams['stream_options'];
  [field: string]: unknown;
}

/** Only chat completions have the newer name of the limit. */
export function toTextCompletionParams(chat: ChatCompletionParams, prompt: string): TextCompletionParams {
  const { max_completion_tokens, ...params } = chat;
  const limit = max_completion_tokens == null ? {} : { max_tokens: max_completion_tokens };
  // JSON has no members that are undefined
  return { ...params, messages: undefined, prompt, ...limit };
}

/** A text completion → the same as a chat completion: each choice has a message, or in a stream a delta. */
export function textToChatAnswer(
  answer: ChatCompletionAnswer,
  member: 'message' | 'delta',
): ChatCompletionAnswer {
  if (!Array.isArray(answer.choices)) return answer;
  return { ...answer, choices: answer.choices.map((choice) => withMessage(choice, member)) };
}

function withMessage(choice: ChoiceAnswer & { text?: unknown }, member: 'message' | 'delta'): ChoiceAnswer {
  if (choice == null || typeof choice.text !== 'string') return choice;
  const { text, ...others } = choice;
  return { ...others, [member]: { role: 'assistant', content: text } };
}
