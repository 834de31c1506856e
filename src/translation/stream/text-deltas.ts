import type { MessageAnswer } from '../../openai/chat-completion.js';
import { textOf } from '../json-value.js';
import { reasoningText, thinkingPartText } from '../response/reasoning.js';
import { partText, textBesideContent } from '../response/text.js';
import type { ReasoningField } from '../reasoning-envelope.js';

/** A piece of text, or of reasoning when `field` names the upstream's field. */
interface TextDelta {
  text: string;
  field?: ReasoningField;
}

/** Whether a delta holds one piece of text and nothing else that becomes text or reasoning. */
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

/** A delta → its reasoning, text, refusal and transcript, in this order. Mistral's content parts keep their own order. */
export function textDeltas(delta: MessageAnswer): TextDelta[] {
  const { content } = delta;
  const reasoning = reasoningText(delta);
  const inParts = reasoning?.field === 'thinking';
  const parts = Array.isArray(content)
    ? content.map((part) => partDelta(part, inParts))
    : [{ text: textOf(content) ?? '' }];
  const others = textBesideContent(delta).map((text) => ({ text }));
  const deltas = [...(reasoning !== undefined && !inParts ? [reasoning] : []), ...parts, ...others];
  return deltas.filter(({ text }) => text !== '');
}

function partDelta(part: unknown, withThinking: boolean): TextDelta {
  const thinking = thinkingPartText(part);
  if (thinking === '') return { text: partText(part) };
  return { text: withThinking ? thinking : '', field: 'thinking' };
}
