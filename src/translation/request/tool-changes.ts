import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { ToolReferenceDto } from '../../bedrock/converse/tool-change-block.dto.js';
import type { IgnoredMembers } from './ignored-members.js';
import { invalid, unsupported } from './refuse.js';

/**
 * The names of tools that are removed at the end of the conversation. The last addition or removal of a tool counts.
 * @throws ValidationException for an undeclared tool, or a tool of an MCP server
 */
export function removedTools(
  messages: readonly MessageDto[],
  declared: ReadonlySet<string>,
  ignored: IgnoredMembers,
): ReadonlySet<string> {
  const changes = new ToolChanges(declared, ignored);
  for (const [index, { role, content }] of messages.entries()) {
    if (role === 'system') changes.apply(content, `messages.${index}`);
  }
  return changes.removed;
}

class ToolChanges {
  readonly removed = new Set<string>();

  constructor(
    private readonly declared: ReadonlySet<string>,
    private readonly ignored: IgnoredMembers,
  ) {}

  apply(content: MessageDto['content'], path: string): void {
    for (const [index, { toolAddition, toolRemoval }] of content.entries()) {
      const block = `${path}.content.${index}`;
      if (toolAddition != null)
        this.removed.delete(this.nameOf(toolAddition.tool, `${block}.toolAddition.tool`));
      if (toolRemoval != null) this.removed.add(this.nameOf(toolRemoval.tool, `${block}.toolRemoval.tool`));
    }
  }

  private nameOf({ name, serverName, type }: ToolReferenceDto, path: string): string {
    if (serverName != null)
      throw unsupported(`${path}.serverName`, 'tools of MCP servers cannot be used here.');
    if (name == null || !this.declared.has(name)) {
      throw invalid(`${path}.name`, 'no tool of this name is declared in toolConfig.tools.');
    }
    if (type != null) this.ignored.hint(`${path}.type`);
    return name;
  }
}
