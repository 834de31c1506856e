import type { ContentBlockDto } from '../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { MessageDto } from '../bedrock/converse/message.dto.js';
import type { NativePaths } from './native-paths.js';

/** What one side says in a prompt. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/**
 * The turns of a prompt → a Converse request. System turns at the start become `system`. Blank turns are left out,
 * among them the one that a template ends with, in which the model is to answer.
 * @param path of the prompt in the native body
 */
export function turnsToRequest(turns: readonly Turn[], path: string, paths: NativePaths): ConverseRequestDto {
  const spoken = turns.filter(({ text }) => text.trim() !== '');
  const firstMessage = spoken.findIndex(({ role }) => role !== 'system');
  const leading = firstMessage === -1 ? spoken : spoken.slice(0, firstMessage);
  const rest = spoken.slice(leading.length);
  return paths.from(path, {
    messages: rest.map(toMessage),
    ...(leading.length > 0 && { system: leading.map(({ text }) => ({ text })) }),
  });
}

function toMessage({ role, text }: Turn): MessageDto {
  return { role, content: [{ text }] };
}

/** Puts blocks before what the user said last. */
export function addToLastUserMessage(request: ConverseRequestDto, blocks: readonly ContentBlockDto[]): void {
  const messages = request.messages ?? [];
  const last = messages.findLast(({ role }) => role === 'user');
  if (last === undefined) messages.push({ role: 'user', content: [...blocks] });
  else last.content.unshift(...blocks);
  request.messages = messages;
}
