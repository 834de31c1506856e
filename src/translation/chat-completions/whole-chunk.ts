import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { listOf, textOf } from '../json-value.js';
import { choicesOf } from './chunk-choices.js';

const STOP = 'stop';

/** A whole completion, which a server may send in place of a stream → the one chunk that holds it. */
export function wholeToChunk(completion: ChatCompletionAnswer): ChatCompletionAnswer {
  return {
    ...completion,
    object: 'chat.completion.chunk',
    choices: choicesOf(completion).map(choiceToDelta),
  };
}

function choiceToDelta({ message, ...choice }: ChoiceAnswer): ChoiceAnswer {
  const toolCalls = listOf(message?.tool_calls);
  const delta = {
    ...message,
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((toolCall, index) => Object.assign({ index }, toolCall)),
    }),
  };
  return { ...choice, delta, finish_reason: textOf(choice.finish_reason) ?? STOP };
}
