import type {
  ToolChoiceDto,
  ToolConfigurationDto,
  ToolDto,
} from '../../../bedrock/converse/tool-config.dto.js';
import { CLIENT_TOOLS } from '../client-tools/client-tools.js';
import { cachePointBlock } from './content.js';
import type { MessagesRequestDto } from './messages-request.dto.js';
import { invalid, type Reduction, unsupported } from './reduction.js';
import type { ClientToolDto, CustomToolDto, MessagesTool, ServerToolDto } from './tool.dto.js';
import type { MessagesToolChoice } from './tool-choice.dto.js';

/** Found tools are only an abridgement: without the search every declared tool is sent. */
const TOOL_SEARCH = /^tool_search_tool_/;
/** They run at the client, but their members have no schema that Anthropic documents for other models. */
const TOOLSET = /^(computer|browser)_toolset_/;
const NO_TOOLSET =
  'sets of tools are not known here. Declare each tool, with an input_schema or its own type.';
const PROVIDER_TOOL =
  'tools that the model provider runs itself cannot be used here. Declare a tool with an input_schema.';

interface ToolMembers {
  readonly toolConfig?: ToolConfigurationDto;
  /** A choice that Converse cannot say, for `additionalModelRequestFields`. */
  readonly toolChoice?: object;
}

/**
 * `tools` and `tool_choice` → `toolConfig`. Without tools there is none.
 * @throws ValidationException for tools that the provider runs, and for the choice of a tool where there are none
 */
export function toolsToConverse(
  { tools, tool_choice: choice }: Pick<MessagesRequestDto, 'tools' | 'tool_choice'>,
  reduction: Reduction,
): ToolMembers {
  const declared: ToolDto[] = [];
  for (const [index, tool] of (tools ?? []).entries()) addTool(declared, tool, `tools.${index}`, reduction);
  if (declared.length === 0) return withoutTools(choice, reduction);
  const own = choice == null ? undefined : ownChoice(choice, reduction);
  const toolChoice = choice == null || own !== undefined ? undefined : toConverseChoice(choice, reduction);
  return {
    toolConfig: { tools: declared, ...(toolChoice && { toolChoice }) },
    ...(own && { toolChoice: own }),
  };
}

function addTool(declared: ToolDto[], tool: MessagesTool, path: string, reduction: Reduction): void {
  const converse = toolToConverse(tool, path, reduction);
  if (converse === undefined) return void reduction.hints.push(path);
  declared.push(reduction.paths.from(path, converse));
  if ('cache_control' in tool && tool.cache_control != null) {
    declared.push(cachePointBlock(tool.cache_control, path, reduction));
  }
}

function toolToConverse(tool: MessagesTool, path: string, reduction: Reduction): ToolDto | undefined {
  if (isCustom(tool)) return customToolToConverse(tool, path, reduction);
  if (isClientTool(tool)) return clientToolToConverse(tool, reduction);
  if (TOOL_SEARCH.test(tool.type)) return undefined;
  throw unsupported(`${path}.type`, TOOLSET.test(tool.type) ? NO_TOOLSET : PROVIDER_TOOL);
}

function isCustom(tool: MessagesTool): tool is CustomToolDto {
  return tool.type == null || tool.type === 'custom';
}

function isClientTool(tool: ClientToolDto | ServerToolDto): tool is ClientToolDto {
  return CLIENT_TOOLS.has(tool.type);
}

function clientToolToConverse(tool: ClientToolDto, reduction: Reduction): ToolDto | undefined {
  const called = CLIENT_TOOLS.get(tool.type)?.(tool);
  if (called === undefined) return undefined;
  const { description, schema } = called;
  return toolSpec(tool, { description, inputSchema: { json: schema } }, reduction);
}

function customToolToConverse(tool: CustomToolDto, path: string, reduction: Reduction): ToolDto {
  const { description, input_schema: json } = tool;
  const inputSchema = reduction.paths.from(`${path}.input_schema`, { json });
  // Anthropic allows an empty description, Converse does not
  return toolSpec(tool, { ...(description ? { description } : {}), inputSchema }, reduction);
}

function toolSpec(
  { name, strict }: CustomToolDto | ClientToolDto,
  rest: { description?: string; inputSchema: { json: unknown } },
  { toolNames }: Reduction,
): ToolDto {
  return { toolSpec: { name: toolNames.shortened(name), ...rest, ...(strict != null && { strict }) } };
}

function withoutTools(choice: MessagesToolChoice | null | undefined, { hints }: Reduction): ToolMembers {
  if (choice?.type === 'tool') throw invalid('tool_choice.name', 'no tool of this name is among the tools.');
  if (choice?.type === 'any')
    throw invalid('tool_choice.type', 'a tool has to be called, and there are none.');
  if (choice != null) hints.push('tool_choice');
  return {};
}

/** The choices that Converse has no words for, in Anthropic's, which the translation reads. */
function ownChoice(choice: MessagesToolChoice, { toolNames }: Reduction): object | undefined {
  if (choice.type === 'none') return { type: 'none' };
  if (choice.disable_parallel_tool_use !== true) return undefined;
  const { type } = choice;
  const name = choice.type === 'tool' ? { name: toolNames.shortened(choice.name) } : {};
  return { type, ...name, disable_parallel_tool_use: true };
}

function toConverseChoice(choice: MessagesToolChoice, { toolNames }: Reduction): ToolChoiceDto {
  if (choice.type === 'tool') return { tool: { name: toolNames.shortened(choice.name) } };
  return choice.type === 'any' ? { any: {} } : { auto: {} };
}
