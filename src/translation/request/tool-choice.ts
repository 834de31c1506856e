import type { ToolChoiceDto } from '../../bedrock/converse/tool-config.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import { invalid } from './refuse.js';
import type { RequestContext } from './request-context.js';
import type { FunctionTool } from './tool-specification.js';

/** The `tools` and `tool_choice` of a request. */
export interface ToolParams {
  tools?: FunctionTool[];
  tool_choice?: 'none' | 'auto' | 'required' | { type: 'function'; function: { name: string } };
}

/**
 * `toolChoice` → `tool_choice`, and the tools to send.
 * @throws ValidationException when the chosen tool is not declared
 */
export function toolChoiceToParams(
  toolChoice: ToolChoiceDto,
  tools: FunctionTool[],
  path: string,
  context: RequestContext,
): ToolParams {
  return visit(toolChoice, TOOL_CHOICE, tools, path, context);
}

const TOOL_CHOICE: Visitor<
  ToolChoiceDto,
  [tools: FunctionTool[], path: string, context: RequestContext],
  ToolParams
> = {
  auto: (_, tools, _path, context) => chooseFreely(tools, context),
  any: (_, tools, path, context) => chooseAny(tools, `${path}.any`, context),
  tool: ({ name }, tools, path, context) => chooseOne(name, tools, `${path}.tool.name`, context),
};

export function chooseFreely(tools: FunctionTool[], { dialect }: RequestContext): ToolParams {
  return dialect.toolChoice === 'none' ? { tools } : { tools, tool_choice: 'auto' };
}

export function chooseAny(
  tools: FunctionTool[],
  path: string,
  { dialect, ignored }: RequestContext,
): ToolParams {
  if (dialect.toolChoice !== 'none') return { tools, tool_choice: 'required' };
  ignored.parameter(path);
  return { tools };
}

/** When the upstream cannot be told which tool to call, only the chosen tool is sent. */
export function chooseOne(
  name: unknown,
  tools: FunctionTool[],
  path: string,
  { dialect, ignored }: RequestContext,
): ToolParams {
  const chosen = tools.find((tool) => tool.function.name === name);
  if (chosen === undefined) throw invalid(path, 'no tool of this name is among the tools.');
  if (dialect.toolChoice === 'full') {
    return { tools, tool_choice: { type: 'function', function: { name: chosen.function.name } } };
  }
  if (dialect.toolChoice === 'strings') return { tools: [chosen], tool_choice: 'required' };
  ignored.parameter(path);
  return { tools: [chosen] };
}
