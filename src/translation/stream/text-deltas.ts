import type { MessageAnswer } from '../../openai/chat-completion.js';
import { textOf } from '../json-value.js';
import { reasoningText, thinkingPartText } from '../response/reasoning.js';
import { partText, textBesideContent } from '../response/text.js';
import type { ReasoningField } from '../reasoning-envelope.js';

/** A piece of text, or of reasoning when it has the field that it came in. */
interface TextDelta {
  text: string;
  field?: ReasoningField;
}

/** The delta says one piece of text, and nothing else is to be read from it. */
export function isPlainText(delta: MessageAnswer): delta is MessageAnswer & { content: string } {
  return (
    typeof delta.content === 'string' &&
    delta.content !== '' &&
    delta.reasoning_content == null &&
    delta.reasoning == null &&
    delta.refusal == null &&
    delta.reasoning_details == null &&
    delta.thinking_blocks == null
  );
}

/** What a delta says: reasoning, text, and what is text as well. Mistral's parts keep their own order. */
export function textDeltas(delta: MessageAnswer): TextDelta[] {
  const { content } = delta;
  const reasoning = reasoningText(delta);
  const inParts = reasoning?.field === 'thinking';
  const said = Array.isArray(content)
    ? content.map((part) => partPassage(part, inParts))
    : [{ text: textOf(content) ?? '' }];
  const besides = textBesideContent(delta).map((text) => ({ text }));
  const passages = [...(reasoning !== undefined && !inParts ? [reasoning] : []), ...said, ...besides];
  return passages.filter(({ text }) => text !== '');
}

function partPassage(part: unknown, withThinking: boolean): TextDelta {
  const thinking = thinkingPartText(part);
  if (thinking === '') return { text: partText(part) };
  return { text: withThinking ? thinking : '', field: 'thinking' };
}
