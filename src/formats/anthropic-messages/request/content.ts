import type { CachePointBlockDto } from '../../../bedrock/converse/cache-point.dto.js';
import type { ContentBlockDto } from '../../../bedrock/converse/content-block.dto.js';
import type { CacheControlDto } from './cache-control.dto.js';
import type { MessagesContentBlock } from './content-block.dto.js';
import { documentToConverse, imageToConverse, searchResultToConverse } from './media.js';
import { type Reduction, unsupported } from './reduction.js';
import type {
  CompactionBlockDto,
  ServerToolResultBlockDto,
  ServerToolUseBlockDto,
} from './server-tool-blocks.dto.js';
import { serverToolResultToConverse, toolResultToConverse } from './tool-result.js';
import type { ToolChangeBlockDto } from './tool-blocks.dto.js';
import { toolChangeToConverse } from './tool-change.js';

type BlockType = MessagesContentBlock['type'];
type BlockOf<Type> = MessagesContentBlock extends infer Block
  ? Block extends { type: infer Types }
    ? Type extends Types
      ? Block
      : never
    : never
  : never;

/** Undefined for a block that says nothing to another provider. */
type Convert<Block> = (block: Block, path: string, reduction: Reduction) => ContentBlockDto | undefined;

/**
 * The content of a message → Converse's blocks, each with its cache point behind it.
 * @throws ValidationException
 */
export function contentToConverse(
  content: string | readonly MessagesContentBlock[],
  path: string,
  reduction: Reduction,
): ContentBlockDto[] {
  if (typeof content === 'string') return [reduction.paths.from(path, { text: content })];
  const blocks: ContentBlockDto[] = [];
  for (const [index, block] of content.entries()) {
    const blockPath = `${path}.${index}`;
    // each function of the table takes the blocks of its own type
    const convert = CONTENT_BLOCK[block.type] as Convert<MessagesContentBlock>;
    const converted = convert(block, blockPath, reduction);
    if (converted === undefined) reduction.hints.push(blockPath);
    else blocks.push(reduction.paths.from(blockPath, converted));
    if (!('cache_control' in block) || block.cache_control == null) continue;
    blocks.push(cachePointBlock(block.cache_control, blockPath, reduction));
  }
  return blocks;
}

/** `cache_control` of a block, tool or system text → the cache point that stands behind it. */
export function cachePointBlock(
  { ttl }: CacheControlDto,
  path: string,
  { paths }: Reduction,
): { cachePoint: CachePointBlockDto } {
  const cachePoint: CachePointBlockDto = { type: 'default', ...(ttl != null && { ttl }) };
  return paths.from(`${path}.cache_control`, { cachePoint });
}

const CONTENT_BLOCK: { readonly [Type in BlockType]: Convert<BlockOf<Type>> } = {
  text: ({ text, citations }, path, { hints }) => {
    if (citations != null) hints.push(`${path}.citations`);
    return { text };
  },
  image: (block, path, reduction) => ({ image: imageToConverse(block, path, reduction) }),
  document: (block, path, { paths }) => ({
    document: paths.from(path, documentToConverse(block, path), { citations: `${path}.citations` }),
  }),
  search_result: (block, path, { paths }) => ({
    searchResult: paths.from(path, searchResultToConverse(block), { citations: `${path}.citations` }),
  }),
  thinking: ({ thinking: text, signature }) => ({
    reasoningContent: { reasoningText: { text, ...(signature != null && { signature }) } },
  }),
  redacted_thinking: ({ data }) => ({ reasoningContent: { redactedContent: data } }),
  tool_use: ({ id, name, input }, _path, { toolNames }) => ({
    toolUse: { toolUseId: id, name: toolNames.shortened(name), input },
  }),
  tool_result: (block, path, reduction) => ({ toolResult: toolResultToConverse(block, path, reduction) }),
  tool_addition: toolChange,
  tool_removal: toolChange,
  server_tool_use: serverToolUse,
  mcp_tool_use: serverToolUse,
  advisor_tool_result: serverToolResult,
  bash_code_execution_tool_result: serverToolResult,
  code_execution_tool_result: serverToolResult,
  mcp_tool_result: serverToolResult,
  text_editor_code_execution_tool_result: serverToolResult,
  tool_search_tool_result: serverToolResult,
  web_fetch_tool_result: serverToolResult,
  web_search_tool_result: serverToolResult,
  compaction: compactionToText,
  container_upload: (_, path) => {
    throw unsupported(path, 'there is no container here that could read the file.');
  },
  mcp_tool_listing: (_, path) => {
    throw unsupported(path, 'tools of MCP servers cannot be used here.');
  },
  fallback: () => undefined,
};

function toolChange(block: ToolChangeBlockDto, path: string, reduction: Reduction): ContentBlockDto {
  return toolChangeToConverse(block, `${path}.tool`, reduction);
}

/** The translation writes such calls and their results as text, because no client answers them. */
function serverToolUse({ id, name, input }: ServerToolUseBlockDto): ContentBlockDto {
  return { toolUse: { toolUseId: id, name, input, type: 'server_tool_use' } };
}

function serverToolResult(block: ServerToolResultBlockDto): ContentBlockDto {
  return { toolResult: serverToolResultToConverse(block) };
}

/** A summary without content says that there was nothing to leave out. */
function compactionToText(
  { content, encrypted_content: encrypted }: CompactionBlockDto,
  path: string,
): ContentBlockDto | undefined {
  if (content != null) return { text: content };
  if (encrypted == null) return undefined;
  throw unsupported(
    `${path}.encrypted_content`,
    'a summary in this form is readable for its provider alone.',
  );
}
