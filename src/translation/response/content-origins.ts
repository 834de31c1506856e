import type { OutputContentBlock } from '../../bedrock/converse/converse-response.js';
import type { MessageAnswer } from '../../openai/chat-completion.js';
import type { ReasoningField } from '../reasoning-envelope.js';
import type { AnswerMember, AnswerProvenance } from './answer-provenance.js';

/** Members whose data a signature carries back. */
const SIGNED = ['reasoning_details', 'thinking_blocks'] as const;

/** Records where a block of reasoning comes from. Encrypted reasoning has no text, so its block has the translation's. */
export function recordReasoning(
  [block]: readonly OutputContentBlock[],
  message: MessageAnswer,
  field: ReasoningField | undefined,
  provenance: AnswerProvenance,
): void {
  if (block === undefined || !('reasoningContent' in block)) return;
  const { reasoningText } = block.reasoningContent;
  if (field === undefined) provenance.member(reasoningText, 'text', 'default');
  else provenance.from(reasoningText, 'text', [message, field]);
  const signed = SIGNED.filter((member) => message[member] != null);
  if (signed.length === 0) provenance.member(reasoningText, 'signature', 'default');
  else
    provenance.from(reasoningText, 'signature', ...signed.map((member): AnswerMember => [message, member]));
}

/** Records that a block has, or was continued by, a part of the message's content. */
export function recordPart(
  block: OutputContentBlock,
  part: object | undefined,
  provenance: AnswerProvenance,
): void {
  if (part === undefined) return;
  const source: { text?: string } = {};
  if ('reasoningContent' in block) {
    provenance.from(block.reasoningContent.reasoningText, 'text', [part, 'thinking']);
    provenance.member(block.reasoningContent.reasoningText, 'signature', 'default');
  } else if ('text' in block) {
    provenance.from(source, 'text', [part, 'text']);
    provenance.join(block, source);
  }
}
