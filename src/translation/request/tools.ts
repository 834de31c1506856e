import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ToolDto } from '../../bedrock/converse/tool-config.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import { cachePointToCacheMarker } from './content/cache-point.js';
import { invalid, unsupported } from './refuse.js';
import type { RequestContext } from './request-context.js';
import { removedTools } from './tool-changes.js';
import { toolChoiceToParams, type ToolParams } from './tool-choice.js';
import { type FunctionTool, toolSpecToFunctionTool } from './tool-specification.js';

/**
 * `toolConfig`, and the tool changes of the conversation → `tools` and `tool_choice`. Without a tool both are left out,
 * because servers refuse an empty list, and a choice without tools.
 * @throws ValidationException for system tools, repeated names, and undeclared tools
 */
export function toolConfigToParams(
  { toolConfig, messages }: Pick<ConverseRequestDto, 'toolConfig' | 'messages'>,
  context: RequestContext,
): ToolParams {
  const declared: DeclaredTools = { tools: [], names: new Set() };
  for (const [index, tool] of (toolConfig?.tools ?? []).entries()) {
    visit(tool, TOOL, declared, `toolConfig.tools.${index}`, context);
  }
  const removed = removedTools(messages ?? [], declared.names, context.ignored);
  const tools = declared.tools.filter((tool) => !removed.has(tool.function.name));
  const path = 'toolConfig.toolChoice';
  if (toolConfig?.toolChoice == null) return tools.length === 0 ? {} : { tools };
  if (tools.length > 0 || toolConfig.toolChoice.tool != null)
    return toolChoiceToParams(toolConfig.toolChoice, tools, path, context);
  context.ignored.parameter(path);
  return {};
}

interface DeclaredTools {
  readonly tools: FunctionTool[];
  readonly names: Set<string>;
}

const TOOL: Visitor<ToolDto, [declared: DeclaredTools, path: string, context: RequestContext], void> = {
  toolSpec: (toolSpec, declared, path, context) => {
    if (declared.names.has(toolSpec.name))
      throw invalid(`${path}.toolSpec.name`, 'another tool has this name.');
    declared.names.add(toolSpec.name);
    const tool = toolSpecToFunctionTool(toolSpec, `${path}.toolSpec`, context);
    context.provenance?.object(tool, [`${path}.toolSpec`]);
    declared.tools.push(tool);
  },
  systemTool: (_, _declared, path) => {
    throw unsupported(`${path}.systemTool`, 'tools that a model provider runs itself cannot be used here.');
  },
  cachePoint: (cachePoint, declared, path, context) => {
    cachePointToCacheMarker(cachePoint, declared.tools.at(-1), `${path}.cachePoint`, context);
  },
};
