import { type AnswerIdentity, refusedCompletion } from './chat-answer.js';
import { ChatChunks, type ChatChunksOptions, type ChatStreamEvent } from './chat-chunks.js';

/** The stream for a prompt that the upstream's content policy refused: no content, in one chunk. */
export function refusedChunks(identity: AnswerIdentity, options: ChatChunksOptions): ChatStreamEvent[] {
  const chunks = new ChatChunks(options);
  chunks.read(refusedCompletion(identity));
  chunks.end();
  return chunks.take();
}
