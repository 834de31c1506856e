import type { MessageAnswer } from '../../openai/chat-completion.js';
import { listOf, objectOf, textOf } from '../json-value.js';

/** The text of the content of a message or a delta, which is a string or a list of parts. Empty when there is none. */
export function contentText(content: MessageAnswer['content']): string {
  return textOf(content) ?? listOf(content).map(partText).join('');
}

/** The text or the refusal of one content part. Empty for thinking, images and unknown parts. */
export function partText(part: unknown): string {
  const fields = objectOf(part);
  return textOf(part) ?? textOf(fields?.text) ?? textOf(fields?.refusal) ?? '';
}

/** Text outside of `content`: the refusal, and the transcript of an audio answer. */
export function textBesideContent(message: MessageAnswer): string[] {
  return [refusalText(message), transcriptText(message)].filter((text) => text !== undefined);
}

export function refusalText(message: MessageAnswer): string | undefined {
  return textOf(message.refusal);
}

/** Of an answer without other text. */
export function transcriptText(message: MessageAnswer): string | undefined {
  return contentText(message.content) === '' ? textOf(objectOf(message.audio)?.transcript) : undefined;
}
