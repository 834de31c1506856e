import type { OutputContentBlock } from '../../bedrock/converse/converse-response.js';
import type { MessageAnswer } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { NO_REASONING_TEXT, encodeReasoningEnvelope } from '../reasoning-envelope.js';
import { MAX_LEVELS, listOf, nestsWithin, objectOf } from '../json-value.js';
import { reasoningText, thinkingBlockText, thinkingPartText } from './reasoning.js';
import type { ReplayData } from './replay-data.js';
import { contentText, partText, textBesideContent } from './text.js';

/**
 * A message's reasoning and text → content blocks, the reasoning first, except that Mistral's parts keep their order.
 * The signature of the reasoning carries `replayData`. Encrypted reasoning without text gets a block of its own. Empty
 * content yields no blocks.
 */
export function messageToContentBlocks(
  message: MessageAnswer,
  target: UpstreamTarget,
  replayData: ReplayData,
): OutputContentBlock[] {
  const otherText = textBesideContent(message).map((text) => ({ text }));
  const thinkingBlocks = thinkingBlocksToContentBlocks(message, target);
  if (thinkingBlocks.length > 0) return [...thinkingBlocks, ...textBlocks(message), ...otherText];

  const reasoning = reasoningText(message);
  const sign = () => replayData.takeSignature(target, reasoning?.field ?? 'reasoning');
  if (reasoning?.field === 'thinking') return [...partsToContentBlocks(message, sign), ...otherText];
  const text = reasoning?.text ?? (replayData.needsSignature(target) ? NO_REASONING_TEXT : undefined);
  const first = text === undefined ? [] : [reasoningBlock(text, sign())];
  return [...first, ...textBlocks(message), ...otherText];
}

/**
 * LiteLLM's thinking blocks → reasoning blocks, each with the original block in its signature. The signature of the
 * neighbouring block carries a redacted one.
 */
function thinkingBlocksToContentBlocks(
  message: MessageAnswer,
  { upstream: { name: upstream }, model }: UpstreamTarget,
): OutputContentBlock[] {
  const groups: { text: string; data: unknown[] }[] = [];
  let leading: unknown[] = [];
  for (const block of listOf(message.thinking_blocks).filter(isReplayable)) {
    const text = thinkingBlockText(block);
    const data = [...leading, block];
    leading = [];
    if (text !== '') groups.push({ text, data });
    else (groups.at(-1)?.data ?? leading).push(...data);
  }
  return groups.map(({ text, data }) =>
    reasoningBlock(text, encodeReasoningEnvelope({ upstream, model, field: 'thinking_blocks', data })),
  );
}

function isReplayable(block: unknown): boolean {
  return objectOf(block) !== undefined && nestsWithin(block, MAX_LEVELS);
}

function partsToContentBlocks(message: MessageAnswer, sign: () => string): OutputContentBlock[] {
  const blocks: OutputContentBlock[] = [];
  for (const part of listOf(message.content)) {
    const thinking = thinkingPartText(part);
    if (thinking !== '') blocks.push(reasoningBlock(thinking, sign()));
    else appendText(blocks, partText(part));
  }
  return blocks;
}

function appendText(blocks: OutputContentBlock[], text: string): void {
  const last = blocks.at(-1);
  if (last !== undefined && 'text' in last) last.text += text;
  else if (text !== '') blocks.push({ text });
}

function textBlocks(message: MessageAnswer): OutputContentBlock[] {
  const text = contentText(message.content);
  return text === '' ? [] : [{ text }];
}

function reasoningBlock(text: string, signature: string): OutputContentBlock {
  return { reasoningContent: { reasoningText: { text, signature } } };
}
