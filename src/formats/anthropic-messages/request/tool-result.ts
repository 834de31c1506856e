import type {
  ToolResultBlockDto as ConverseToolResult,
  ToolResultContentBlockDto,
} from '../../../bedrock/converse/tool-result-block.dto.js';
import { documentToConverse, imageToConverse, searchResultToConverse } from './media.js';
import type { Reduction } from './reduction.js';
import type { ServerToolResultBlockDto } from './server-tool-blocks.dto.js';
import type { ToolResultBlockDto, ToolResultContent } from './tool-blocks.dto.js';

/** Content may be absent. An error says nothing else then than that it is one. */
export function toolResultToConverse(
  { tool_use_id: toolUseId, content, is_error: isError }: ToolResultBlockDto,
  path: string,
  reduction: Reduction,
): ConverseToolResult {
  const blocks = contentToConverse(content ?? [], `${path}.content`, reduction);
  if (isError !== true) return { toolUseId, content: blocks };
  return { toolUseId, content: blocks.length === 0 ? [{ text: '' }] : blocks, status: 'error' };
}

function contentToConverse(
  content: string | ToolResultContent[],
  path: string,
  reduction: Reduction,
): ToolResultContentBlockDto[] {
  if (typeof content === 'string') return [{ text: content }];
  return content.map((block, index) => {
    const blockPath = `${path}.${index}`;
    if ('cache_control' in block && block.cache_control != null) {
      reduction.hints.push(`${blockPath}.cache_control`);
    }
    return reduction.paths.from(blockPath, blockToConverse(block, blockPath, reduction));
  });
}

function blockToConverse(
  block: ToolResultContent,
  path: string,
  reduction: Reduction,
): ToolResultContentBlockDto {
  switch (block.type) {
    case 'text':
      return { text: block.text };
    case 'image':
      return { image: imageToConverse(block, path, reduction) };
    case 'document':
      return { document: documentToConverse(block, path) };
    case 'search_result':
      return { searchResult: searchResultToConverse(block) };
    case 'tool_reference':
      return { text: `[tool: ${block.tool_name}]` };
    case 'browser_state': {
      const { tabs, state_changes } = block;
      return { json: state_changes == null ? { tabs } : { tabs, state_changes } };
    }
  }
}

/** The result of a tool that the model's provider ran. Its form is the tool's own, so it is kept as JSON. */
export function serverToolResultToConverse({
  tool_use_id: toolUseId,
  content,
}: ServerToolResultBlockDto): ConverseToolResult {
  if (typeof content === 'string') return { toolUseId, content: [{ text: content }] };
  return { toolUseId, content: content == null ? [] : [{ json: content }] };
}
