import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { type AnswerIdentity, refusedCompletion } from './chat-answer.js';
import { ChatChunks, type ChatChunksOptions, type ChatStreamEvent } from './chat-chunks.js';

/** The stream for a prompt that the upstream's content policy refused: no content, in one chunk. */
export function refusedChunks(identity: AnswerIdentity, options: ChatChunksOptions): ChatStreamEvent[] {
  return completionChunks(refusedCompletion(identity), options);
}

/** A whole completion → the stream that says the same, in one chunk. */
export function completionChunks(
  completion: ChatCompletionAnswer,
  options: ChatChunksOptions,
): ChatStreamEvent[] {
  const chunks = new ChatChunks(options);
  chunks.read(completion);
  chunks.end();
  return chunks.take();
}
