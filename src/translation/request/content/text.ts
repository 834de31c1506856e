import type { ContentPart } from '../../../openai/chat-completion.js';

export type TextPart = ContentPart & { type: 'text' };

/** Text → text part. */
export function textToContentPart(text: string): TextPart {
  return { type: 'text', text };
}

/** Whether the text has no visible character. Bedrock and some chat templates refuse such text. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/**
 * Parts that are all text → one string, because some servers turn a list of parts into several messages. A list with
 * media or a cache marker is returned as parts.
 */
export function partsToContent<Part extends ContentPart>(
  parts: readonly Part[],
  separator: string,
): string | Part[] {
  const texts: string[] = [];
  for (const part of parts) {
    if (part.type !== 'text' || part.cache_control !== undefined) return [...parts];
    texts.push(part.text);
  }
  return texts.join(separator);
}
