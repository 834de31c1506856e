import type { ContentBlock, ConverseStreamOutput, Message } from '@aws-sdk/client-bedrock-runtime';

/** One block so far; text, reasoning and tool input grow. */
interface Block {
  text?: string;
  reasoning?: string;
  signature?: string;
  toolUse?: { toolUseId: string | undefined; name: string | undefined; input: string };
}

/** The events of a stream → their message, assembled as applications do it. */
export function messageOf(events: readonly ConverseStreamOutput[]): {
  message: Message;
  stopReason: string | undefined;
} {
  const blocks: Block[] = [];
  for (const event of events) addTo(blocks, event);
  const stopReason = events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason;
  return { message: { role: 'assistant', content: blocks.map(toContentBlock) }, stopReason };
}

function addTo(blocks: Block[], { contentBlockStart, contentBlockDelta }: ConverseStreamOutput): void {
  const { contentBlockIndex: index = 0 } = contentBlockStart ?? contentBlockDelta ?? {};
  const toolUse = contentBlockStart?.start?.toolUse;
  if (toolUse) blocks[index] = { toolUse: { toolUseId: toolUse.toolUseId, name: toolUse.name, input: '' } };
  const delta = contentBlockDelta?.delta;
  if (!delta) return;
  const block = (blocks[index] ??= {});
  if (delta.text !== undefined) block.text = (block.text ?? '') + delta.text;
  if (block.toolUse) block.toolUse.input += delta.toolUse?.input ?? '';
  const { text, signature } = delta.reasoningContent ?? {};
  if (text !== undefined) block.reasoning = (block.reasoning ?? '') + text;
  if (signature !== undefined) block.signature = signature;
}

function toContentBlock({ text, reasoning, signature, toolUse }: Block): ContentBlock {
  if (toolUse) {
    const { toolUseId, name, input } = toolUse;
    return { toolUse: { toolUseId, name, input: JSON.parse(input) as never } }; // the SDK expects its document type
  }
  if (reasoning !== undefined) return { reasoningContent: { reasoningText: { text: reasoning, signature } } };
  return { text: text ?? '' };
}
