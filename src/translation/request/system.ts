import type { SystemContentBlockDto } from '../../bedrock/converse/system-content-block.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import type { SystemMessage } from '../../openai/chat-completion.js';
import { cachePointToCacheMarker } from './content/cache-point.js';
import { guardContentToText } from './content/guard-content.js';
import { isBlank, partsToContent, type TextPart, textToContentPart } from './content/text.js';
import { memberPath } from './provenance.js';
import type { RequestContext } from './request-context.js';
import { SYSTEM_SEPARATOR } from './system-turn.js';

/**
 * `system` → one leading system message, because many chat templates accept only one, and only at the start. Undefined
 * without text.
 * @throws ValidationException for a guarded image
 */
export function systemToSystemMessage(
  system: readonly SystemContentBlockDto[],
  context: RequestContext,
): SystemMessage | undefined {
  const parts: TextPart[] = [];
  const { provenance } = context;
  for (const [index, block] of system.entries()) {
    const count = parts.length;
    visit(block, SYSTEM_BLOCK, parts, `system.${index}`, context);
    const added = parts.length > count ? parts.at(-1) : undefined;
    if (added !== undefined) provenance?.object(added, [memberPath(block, `system.${index}`)]);
  }
  if (parts.length === 0) return undefined;
  const message: SystemMessage = { role: 'system', content: partsToContent(parts, SYSTEM_SEPARATOR) };
  provenance?.object(message, provenance.originsOf(parts));
  return message;
}

/** A copy of the system message with the text appended. */
export function appendToSystemMessage(message: SystemMessage, text: string): SystemMessage {
  const { content } = message;
  const extended =
    typeof content === 'string'
      ? `${content}${SYSTEM_SEPARATOR}${text}`
      : [...content, textToContentPart(text)];
  return { ...message, content: extended };
}

const SYSTEM_BLOCK: Visitor<
  SystemContentBlockDto,
  [parts: TextPart[], path: string, context: RequestContext],
  void
> = {
  text: (text, parts) => addText(parts, text),
  guardContent: (guardContent, parts, path, context) => {
    addText(parts, guardContentToText(guardContent, `${path}.guardContent`, context));
  },
  cachePoint: (cachePoint, parts, path, context) => {
    cachePointToCacheMarker(cachePoint, parts.at(-1), `${path}.cachePoint`, context);
  },
};

function addText(parts: TextPart[], text: string): void {
  if (!isBlank(text)) parts.push(textToContentPart(text));
}
