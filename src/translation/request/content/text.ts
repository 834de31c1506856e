import type { ContentPart } from '../../../openai/chat-completion.js';

export type TextPart = ContentPart & { type: 'text' };

/** Text → text part. */
export function textToContentPart(text: string): TextPart {
  return { type: 'text', text };
}

/** Bedrock refuses text without a visible character, and so do some chat templates. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/**
 * Text parts alone → one string, which every server takes; several servers split a list of parts into messages.
 * Parts with media among them, or with a cache marker, stay parts.
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
