import type { MessageDto } from '../../../bedrock/converse/message.dto.js';
import type { SystemContentBlockDto } from '../../../bedrock/converse/system-content-block.dto.js';
import { cachePointBlock, contentToConverse } from './content.js';
import type { MessagesMessageDto } from './messages-request.dto.js';
import type { Reduction } from './reduction.js';
import type { TextBlockDto } from './text-block.dto.js';

/**
 * `messages` → Converse's. Consecutive messages of one role are one turn for Anthropic. An answer that the client has
 * begun with nothing is left out.
 * @throws ValidationException
 */
export function messagesToConverse(
  messages: readonly MessagesMessageDto[],
  reduction: Reduction,
): MessageDto[] {
  const reduced: MessageDto[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    const path = `messages.${index}`;
    const isLast = index === messages.length - 1;
    if (isLast && index > 0 && role === 'assistant' && content.length === 0) continue;
    const blocks = contentToConverse(content, `${path}.content`, reduction);
    const before = reduced.at(-1);
    if (before?.role === role) before.content = before.content.concat(blocks);
    else reduced.push(reduction.paths.from(path, { role, content: blocks }));
  }
  return reduced;
}

/** `system` → Converse's. Empty texts, which Converse does not allow, are passed over. */
export function systemToConverse(
  system: string | readonly TextBlockDto[],
  reduction: Reduction,
): SystemContentBlockDto[] {
  if (typeof system === 'string') return system === '' ? [] : [{ text: system }];
  const blocks: SystemContentBlockDto[] = [];
  for (const [index, { text, citations, cache_control }] of system.entries()) {
    const path = `system.${index}`;
    if (text !== '') blocks.push(reduction.paths.from(path, { text }));
    if (citations != null) reduction.hints.push(`${path}.citations`);
    if (cache_control != null) blocks.push(cachePointBlock(cache_control, path, reduction));
  }
  return blocks;
}
