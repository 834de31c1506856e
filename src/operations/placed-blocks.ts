import type { ContentBlockDto } from '../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { ToolResultContentBlockDto } from '../bedrock/converse/tool-result-block.dto.js';

/** A block of a message or of a tool result. */
export type Block = Pick<ContentBlockDto, 'audio' | 'toolResult'> &
  Pick<ToolResultContentBlockDto, 'image' | 'document' | 'video'>;

export interface PlacedBlock {
  readonly block: Block;
  /** The JSON path of the block. */
  readonly path: string;
}

/** The blocks of the messages of a request, also those in tool results, in order. */
export function* placedBlocksOf({ messages }: ConverseRequestDto): Generator<PlacedBlock> {
  for (const [index, { content }] of (messages ?? []).entries()) {
    yield* placedIn(content, `messages.${index}.content`);
  }
}

function* placedIn(blocks: readonly Block[], within: string): Generator<PlacedBlock> {
  for (const [index, block] of blocks.entries()) {
    const path = `${within}.${index}`;
    yield { block, path };
    if (block.toolResult != null) yield* placedIn(block.toolResult.content, `${path}.toolResult.content`);
  }
}
