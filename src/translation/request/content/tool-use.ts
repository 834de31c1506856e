import type { ToolUseBlockDto } from '../../../bedrock/converse/tool-use-block.dto.js';
import type { ToolCall } from '../../../openai/chat-completion.js';
import { wellFormedJson } from '../../../openai/well-formed-json.js';
import { parseJsonObject } from '../../json-value.js';
import type { RequestContext } from '../request-context.js';

/** `toolUse` → tool call, whose arguments are JSON text. */
export function toolUseToToolCall(
  { toolUseId, name, input }: ToolUseBlockDto,
  context: RequestContext,
): ToolCall {
  return {
    id: context.toolCallIds.of(toolUseId),
    type: 'function',
    function: { name, arguments: inputToArguments(input) },
  };
}

/** The call of a server tool, which the model provider runs itself → text, because no client answers it. */
export function serverToolUseToText({ name, input }: ToolUseBlockDto): string {
  return `[Called ${name} with parameters: ${inputToArguments(input)}]`;
}

/** Some clients send the unparsed text of arguments as the input. */
function inputToArguments(input: unknown): string {
  if (typeof input !== 'string') return wellFormedJson(JSON.stringify(input ?? {}));
  return wellFormedJson(parseJsonObject(input) !== undefined ? input : JSON.stringify({ raw: input }));
}
