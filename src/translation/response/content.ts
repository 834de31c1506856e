import type { OutputContentBlock } from '../../bedrock/converse/converse-response.js';
import type { MessageAnswer } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { NO_REASONING_TEXT, encodeReasoningEnvelope } from '../reasoning-envelope.js';
import { MAX_LEVELS, listOf, nestsWithin, objectOf } from '../json-value.js';
import { recordPart, recordReasoning } from './content-origins.js';
import type { AnswerMember, AnswerProvenance } from './answer-provenance.js';
import { reasoningText, thinkingBlockText, thinkingPartText } from './reasoning.js';
import type { ReplayData } from './replay-data.js';
import { contentText, partText, refusalText, transcriptText } from './text.js';

type ReasoningBlock = Extract<OutputContentBlock, { reasoningContent: object }>;

/**
 * A message's reasoning and text → content blocks, the reasoning first, except that Mistral's parts keep their order.
 * The signature of the reasoning carries `replayData`. Encrypted reasoning without text gets a block of its own. Empty
 * content yields no blocks.
 */
export function messageToContentBlocks(
  message: MessageAnswer,
  target: UpstreamTarget,
  replayData: ReplayData,
  provenance?: AnswerProvenance,
): OutputContentBlock[] {
  const otherText = otherTextBlocks(message, provenance);
  const thinkingBlocks = thinkingBlocksToContentBlocks(message, target, provenance);
  if (thinkingBlocks.length > 0) return [...thinkingBlocks, ...textBlocks(message, provenance), ...otherText];

  const reasoning = reasoningText(message);
  const sign = () => replayData.takeSignature(target, reasoning?.field ?? 'reasoning');
  if (reasoning?.field === 'thinking')
    return [...partsToContentBlocks(message, sign, provenance), ...otherText];
  const text = reasoning?.text ?? (replayData.needsSignature(target) ? NO_REASONING_TEXT : undefined);
  const first = text === undefined ? [] : [reasoningBlock(text, sign())];
  if (provenance !== undefined) recordReasoning(first, message, reasoning?.field, provenance);
  return [...first, ...textBlocks(message, provenance), ...otherText];
}

/**
 * LiteLLM's thinking blocks → reasoning blocks, each with the original block in its signature. The signature of the
 * neighbouring block carries a redacted one.
 */
function thinkingBlocksToContentBlocks(
  message: MessageAnswer,
  { upstream: { name: upstream }, model }: UpstreamTarget,
  provenance: AnswerProvenance | undefined,
): OutputContentBlock[] {
  const groups: { text: string; data: object[] }[] = [];
  let leading: object[] = [];
  for (const block of listOf(message.thinking_blocks).filter(isReplayable)) {
    const text = thinkingBlockText(block);
    const data = [...leading, block];
    leading = [];
    if (text !== '') groups.push({ text, data });
    else (groups.at(-1)?.data ?? leading).push(...data);
  }
  return groups.map(({ text, data }) => {
    const signature = encodeReasoningEnvelope({ upstream, model, field: 'thinking_blocks', data });
    const block = reasoningBlock(text, signature);
    const { reasoningText } = block.reasoningContent;
    provenance?.from(reasoningText, 'text', ...data.map((source): AnswerMember => [source, 'thinking']));
    provenance?.from(reasoningText, 'signature', ...data.map((source): AnswerMember => [source]));
    return block;
  });
}

function isReplayable(block: unknown): block is object {
  return objectOf(block) !== undefined && nestsWithin(block, MAX_LEVELS);
}

function partsToContentBlocks(
  message: MessageAnswer,
  sign: () => string,
  provenance: AnswerProvenance | undefined,
): OutputContentBlock[] {
  const blocks: OutputContentBlock[] = [];
  for (const part of listOf(message.content)) {
    const thinking = thinkingPartText(part);
    if (thinking !== '') blocks.push(reasoningBlock(thinking, sign()));
    else appendText(blocks, partText(part));
    const last = blocks.at(-1);
    if (last !== undefined && provenance !== undefined) recordPart(last, objectOf(part), provenance);
  }
  return blocks;
}

function appendText(blocks: OutputContentBlock[], text: string): void {
  const last = blocks.at(-1);
  if (last !== undefined && 'text' in last) last.text += text;
  else if (text !== '') blocks.push({ text });
}

function textBlocks(message: MessageAnswer, provenance: AnswerProvenance | undefined): OutputContentBlock[] {
  const text = contentText(message.content);
  return text === '' ? [] : [textBlock(text, message, 'content', provenance)];
}

function otherTextBlocks(
  message: MessageAnswer,
  provenance: AnswerProvenance | undefined,
): OutputContentBlock[] {
  const blocks: OutputContentBlock[] = [];
  const refusal = refusalText(message);
  if (refusal !== undefined) blocks.push(textBlock(refusal, message, 'refusal', provenance));
  const transcript = transcriptText(message);
  if (transcript !== undefined) blocks.push(textBlock(transcript, message, 'audio.transcript', provenance));
  return blocks;
}

function textBlock(
  text: string,
  message: MessageAnswer,
  member: string,
  provenance: AnswerProvenance | undefined,
): OutputContentBlock {
  const block = { text };
  provenance?.from(block, 'text', [message, member]);
  return block;
}

function reasoningBlock(text: string, signature: string): ReasoningBlock {
  return { reasoningContent: { reasoningText: { text, signature } } };
}
