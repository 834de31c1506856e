import { objectOf } from '../../translation/json-value.js';

/** The members of a message that hold text of the model. */
export const ANSWER_TEXTS = ['content', 'refusal'] as const;

type TextMember = (typeof ANSWER_TEXTS)[number];

/**
 * Calls `change` for each text of a message, in order.
 * @returns the message with the results; itself if nothing has changed
 */
export function mapMessageTexts<Message extends object>(
  message: Message,
  members: readonly TextMember[],
  change: (text: string) => string,
): Message {
  const changes: Record<string, unknown> = {};
  for (const member of members) {
    const value: unknown = Reflect.get(message, member);
    const changed = mapContentTexts(value, change);
    if (changed !== value) changes[member] = changed;
  }
  return Object.keys(changes).length === 0 ? message : Object.assign({}, message, changes);
}

/**
 * Calls `change` for a text, or for the texts in a list of parts, in order.
 * @param replace gets each part, and the same with its changed text; returns what stands in its place
 * @returns the content with the results; itself if nothing has changed
 */
export function mapContentTexts(
  content: unknown,
  change: (text: string) => string,
  replace: (part: unknown, changedPart: unknown) => unknown = (_, changedPart) => changedPart,
): unknown {
  if (typeof content === 'string') return change(content);
  if (!Array.isArray(content)) return content;
  const parts = content.map((part: unknown) => {
    const { text } = objectOf(part) ?? {};
    if (typeof text !== 'string') return replace(part, part);
    const changed = change(text);
    return replace(part, changed === text ? part : Object.assign({}, part, { text: changed }));
  });
  return parts.every((part, index) => part === content[index]) ? content : parts;
}
