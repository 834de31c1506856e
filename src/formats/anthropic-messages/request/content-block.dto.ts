import { byType } from './block-types.js';
import { DocumentBlockDto } from './document-block.dto.js';
import { ImageBlockDto } from './image-block.dto.js';
import { SearchResultBlockDto } from './search-result-block.dto.js';
import {
  CompactionBlockDto,
  ProviderBlockDto,
  SERVER_TOOL_RESULTS,
  ServerToolResultBlockDto,
  ServerToolUseBlockDto,
} from './server-tool-blocks.dto.js';
import { TextBlockDto } from './text-block.dto.js';
import { RedactedThinkingBlockDto, ThinkingBlockDto } from './thinking-blocks.dto.js';
import { ToolChangeBlockDto, ToolResultBlockDto, ToolUseBlockDto } from './tool-blocks.dto.js';

/** https://platform.claude.com/docs/en/api/messages/create */
export type MessagesContentBlock =
  | TextBlockDto
  | ImageBlockDto
  | DocumentBlockDto
  | SearchResultBlockDto
  | ThinkingBlockDto
  | RedactedThinkingBlockDto
  | ToolUseBlockDto
  | ToolResultBlockDto
  | ToolChangeBlockDto
  | ServerToolUseBlockDto
  | ServerToolResultBlockDto
  | CompactionBlockDto
  | ProviderBlockDto;

export const CONTENT_BLOCKS = byType({
  text: () => TextBlockDto,
  image: () => ImageBlockDto,
  document: () => DocumentBlockDto,
  search_result: () => SearchResultBlockDto,
  thinking: () => ThinkingBlockDto,
  redacted_thinking: () => RedactedThinkingBlockDto,
  tool_use: () => ToolUseBlockDto,
  tool_result: () => ToolResultBlockDto,
  tool_addition: () => ToolChangeBlockDto,
  tool_removal: () => ToolChangeBlockDto,
  server_tool_use: () => ServerToolUseBlockDto,
  mcp_tool_use: () => ServerToolUseBlockDto,
  ...Object.fromEntries(SERVER_TOOL_RESULTS.map((type) => [type, () => ServerToolResultBlockDto])),
  compaction: () => CompactionBlockDto,
  container_upload: () => ProviderBlockDto,
  mcp_tool_listing: () => ProviderBlockDto,
  fallback: () => ProviderBlockDto,
});
