import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { ToolReferenceDto } from '../../bedrock/converse/tool-change-block.dto.js';
import { invalid, unsupported } from './refusal.js';

/**
 * The names that are taken away at the end of the conversation: the last change of a tool counts.
 * @throws ValidationException for a tool that is not declared, or one of an MCP server
 */
export function removedTools(messages: readonly MessageDto[], declared: ReadonlySet<string>): Set<string> {
  const removed = new Set<string>();
  for (const [index, { role, content }] of messages.entries()) {
    if (role === 'system') applyChanges(content, `messages.${index}`, declared, removed);
  }
  return removed;
}

function applyChanges(
  content: MessageDto['content'],
  path: string,
  declared: ReadonlySet<string>,
  removed: Set<string>,
): void {
  for (const [index, { toolAddition, toolRemoval }] of content.entries()) {
    const block = `${path}.content.${index}`;
    if (toolAddition != null)
      removed.delete(declaredName(toolAddition.tool, declared, `${block}.toolAddition.tool`));
    if (toolRemoval != null)
      removed.add(declaredName(toolRemoval.tool, declared, `${block}.toolRemoval.tool`));
  }
}

function declaredName(
  { name, serverName }: ToolReferenceDto,
  declared: ReadonlySet<string>,
  path: string,
): string {
  if (serverName != null)
    throw unsupported(`${path}.serverName`, 'tools of MCP servers cannot be used here.');
  if (name == null || !declared.has(name)) {
    throw invalid(`${path}.name`, 'no tool of this name is declared in toolConfig.tools.');
  }
  return name;
}
