import type { MessageAnswer } from '../../openai/chat-completion.js';
import type { ReasoningField } from '../reasoning-envelope.js';
import { listOf, objectOf, textOf } from '../json-value.js';

/** The reasoning text of a message or a delta, and the upstream's field that it came in. */
export interface ReasoningPiece {
  text: string;
  field: ReasoningField;
}

/**
 * Reads the reasoning text of a message or a delta. Servers that fill two fields repeat the text, so only one is read:
 * the longer of the two plain fields, else the first structured field with text.
 */
export function reasoningText(message: MessageAnswer): ReasoningPiece | undefined {
  return (
    plainReasoning(message) ??
    piece('reasoning_details', listOf(message.reasoning_details).map(detailText)) ??
    piece('thinking_blocks', listOf(message.thinking_blocks).map(thinkingBlockText)) ??
    piece('thinking', listOf(message.content).map(thinkingPartText))
  );
}

/** The text of LiteLLM's thinking block. Empty for a redacted one. */
export function thinkingBlockText(block: unknown): string {
  return textOf(objectOf(block)?.thinking) ?? '';
}

/** The text of Mistral's thinking part: `{type: 'thinking', thinking: [{type: 'text', text}]}`. */
export function thinkingPartText(part: unknown): string {
  const fields = objectOf(part);
  if (fields?.type !== 'thinking') return '';
  const texts = listOf(fields.thinking).map((piece) => textOf(objectOf(piece)?.text) ?? '');
  return textOf(fields.thinking) ?? texts.join('');
}

function plainReasoning(message: MessageAnswer): ReasoningPiece | undefined {
  const content = textOf(message.reasoning_content) ?? '';
  const reasoning = textOf(message.reasoning) ?? '';
  return content.length >= reasoning.length
    ? piece('reasoning_content', [content])
    : piece('reasoning', [reasoning]);
}

/** OpenRouter's `reasoning.text` has a text, `reasoning.summary` a summary, and `reasoning.encrypted` neither. */
function detailText(detail: unknown): string {
  const fields = objectOf(detail);
  return textOf(fields?.text) ?? textOf(fields?.summary) ?? '';
}

function piece(field: ReasoningField, texts: readonly string[]): ReasoningPiece | undefined {
  const text = texts.join('');
  return text === '' ? undefined : { text, field };
}
