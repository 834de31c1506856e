import type { MessagesRequestDto } from './messages-request.dto.js';
import type { MessagesThinking } from './thinking.dto.js';

/**
 * Members that Converse has no words for, and that the translation reads in Anthropic's own: `top_k`, `thinking`,
 * `metadata` and some tool choices. Undefined when there are none.
 */
export function additionalFields(
  { top_k, thinking, metadata }: MessagesRequestDto,
  toolChoice: object | undefined,
): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  if (top_k != null) fields.top_k = top_k;
  if (thinking != null) fields.thinking = thinkingField(thinking);
  if (metadata?.user_id != null) fields.metadata = { user_id: metadata.user_id };
  if (toolChoice !== undefined) fields.tool_choice = toolChoice;
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** How thinking is shown is the matter of the answer. Thinking between tool calls alone has no equivalent. */
function thinkingField(thinking: MessagesThinking): object {
  switch (thinking.type) {
    case 'enabled':
      return { type: 'enabled', budget_tokens: thinking.budget_tokens };
    case 'adaptive':
      return { type: 'adaptive' };
    case 'disabled':
    case 'between_tools':
      return { type: 'disabled' };
  }
}
