import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';

/** The text of the last message; empty when it has none. */
export function lastTextOf({ messages }: ConverseRequestDto): string {
  return (messages?.at(-1)?.content ?? []).map(({ text }) => text ?? '').join('');
}
