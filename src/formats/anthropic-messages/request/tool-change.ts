import type { ContentBlockDto } from '../../../bedrock/converse/content-block.dto.js';
import { invalid, type Reduction, unsupported } from './reduction.js';
import type { ToolChangeBlockDto } from './tool-blocks.dto.js';

/**
 * A tool that may be used from here on, or no longer → Converse's block.
 * @throws ValidationException for tools of MCP servers, and for tools that are defined in the conversation
 */
export function toolChangeToConverse(
  { type, tool }: ToolChangeBlockDto,
  path: string,
  { toolNames }: Reduction,
): ContentBlockDto {
  if (tool.type === 'tool_definition') {
    throw unsupported(path, 'a tool cannot be defined in the conversation. Declare it in tools.');
  }
  if (tool.type !== 'tool_reference') throw unsupported(path, 'tools of MCP servers cannot be used here.');
  if (tool.name == null) throw invalid(`${path}.name`, 'the name of the tool is missing.');
  const reference = { tool: { name: toolNames.shortened(tool.name) } };
  return type === 'tool_addition' ? { toolAddition: reference } : { toolRemoval: reference };
}
