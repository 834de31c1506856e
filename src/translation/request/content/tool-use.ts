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

/** A tool that the model's own provider ran has no call to be answered: it becomes a remark. */
export function serverToolUseToText({ name, input }: ToolUseBlockDto): string {
  return `[Called ${name} with parameters: ${inputToArguments(input)}]`;
}

/** Some clients keep the text of arguments that they could not parse, and send it as the input. */
function inputToArguments(input: unknown): string {
  if (typeof input !== 'string') return wellFormedJson(JSON.stringify(input ?? {}));
  return wellFormedJson(parseJsonObject(input) !== undefined ? input : JSON.stringify({ raw: input }));
}
