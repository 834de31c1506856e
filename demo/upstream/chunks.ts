import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';

type Choice = ChatCompletionChunk['choices'][number];

/**
 * A chat completion → the chunks that a server streams for it, word by word, with usage in a last chunk of its
 * own.
 */
export function* chunks(completion: ChatCompletion, includeUsage: boolean): Generator<ChatCompletionChunk> {
  const { id, created, model, choices, usage } = completion;
  const envelope = { id, created, model, object: 'chat.completion.chunk' as const };
  for (const { message, finish_reason } of choices) {
    for (const delta of deltas(message)) yield { ...envelope, choices: [choice(delta)] };
    yield { ...envelope, choices: [{ ...choice({}), finish_reason }] };
  }
  if (includeUsage) yield { ...envelope, choices: [], usage };
}

function* deltas({
  content,
  tool_calls,
}: ChatCompletion['choices'][number]['message']): Generator<Choice['delta']> {
  yield { role: 'assistant', content: '' };
  for (const word of content?.match(/\S+\s*/g) ?? []) yield { content: word };
  for (const [index, call] of (tool_calls ?? []).entries()) yield { tool_calls: [{ index, ...call }] };
}

function choice(delta: Choice['delta']): Choice {
  return { index: 0, delta, finish_reason: null };
}
