import type { AssistantMessage } from '../../openai/chat-completion.js';

/**
 * Appends one assistant message to another, in place. Texts are joined by the separator, and lists are concatenated. When
 * a member is empty in one message, the other's value is used.
 */
export function appendToAssistantMessage(
  message: AssistantMessage,
  more: AssistantMessage,
  separator: string,
): void {
  const members: Record<string, unknown> = { ...message };
  for (const [name, value] of Object.entries(more)) {
    if (name !== 'role') members[name] = joined(members[name], value, separator);
  }
  Object.assign(message, members);
}

function joined(first: unknown, second: unknown, separator: string): unknown {
  if (second == null || second === '') return first;
  if (typeof first === 'string' && first !== '' && typeof second === 'string')
    return first + separator + second;
  if (Array.isArray(first) && Array.isArray(second)) return appendInPlace(first, second);
  return second;
}

/** Appends without a copy: one copy for each of many messages would take quadratic time. */
export function appendInPlace<Entry>(list: Entry[], more: readonly Entry[]): Entry[] {
  for (const entry of more) list.push(entry);
  return list;
}
