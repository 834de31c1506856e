import type { MessageAnswer } from '../../openai/chat-completion.js';
import { listOf, objectOf, textOf } from '../json-value.js';

/** The text of a message's or a delta's content, be it a string or a list of parts. Empty when there is none. */
export function contentText(content: MessageAnswer['content']): string {
  return textOf(content) ?? listOf(content).map(partText).join('');
}

/** The text of one part, or of a refusal in a part. Thinking, images and strangers have none. */
export function partText(part: unknown): string {
  const fields = objectOf(part);
  return textOf(part) ?? textOf(fields?.text) ?? textOf(fields?.refusal) ?? '';
}

/** What stands beside the content and is text as well: a refusal, or the transcript of spoken words. */
export function textBesideContent(message: MessageAnswer): string[] {
  const transcript =
    contentText(message.content) === '' ? textOf(objectOf(message.audio)?.transcript) : undefined;
  return [textOf(message.refusal), transcript].filter((text) => text !== undefined);
}
