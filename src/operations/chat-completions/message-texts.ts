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
    const changed = mapTexts(value, change);
    if (changed !== value) changes[member] = changed;
  }
  return Object.keys(changes).length === 0 ? message : Object.assign({}, message, changes);
}

/** A text, or a list of parts of which some are texts. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (!Array.isArray(value)) return value;
  const parts = value.map((part: unknown) => {
    const { type, text } = objectOf(part) ?? {};
    return type === 'text' && typeof text === 'string'
      ? Object.assign({}, part, { text: change(text) })
      : part;
  });
  return parts.every(
    (part, index) => Reflect.get(Object(part), 'text') === Reflect.get(Object(value[index]), 'text'),
  )
    ? value
    : parts;
}
