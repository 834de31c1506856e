import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import { guardContentToText } from './content/guard-content.js';
import { isBlank } from './content/text.js';
import type { RequestContext } from './request-context.js';
import { refuseBlock } from './refuse.js';

/** Separates text blocks, in system turns and in the leading system message. */
export const SYSTEM_SEPARATOR = '\n\n';

/** Content blocks of a system turn → their text, '' when they only add or remove tools. */
export function systemTurnToText(
  content: readonly ContentBlockDto[],
  path: string,
  context: RequestContext,
): string {
  const texts: string[] = [];
  for (const [index, block] of content.entries()) {
    visit(block, CONTENT_BLOCK, texts, `${path}.content.${index}`, context);
  }
  return texts.filter((text) => !isBlank(text)).join(SYSTEM_SEPARATOR);
}

const CONTENT_BLOCK: Visitor<
  ContentBlockDto,
  [texts: string[], path: string, context: RequestContext],
  void
> = {
  text: (text, texts) => void texts.push(text),
  guardContent: (guardContent, texts, path, context) => {
    texts.push(guardContentToText(guardContent, `${path}.guardContent`, context));
  },
  cachePoint: (_, _texts, path, { ignored }) => ignored.hint(`${path}.cachePoint`),
  // tool changes are evaluated by removedTools over the whole conversation
  toolAddition: () => undefined,
  toolRemoval: () => undefined,
  image: refuseBlock('system', 'image'),
  document: refuseBlock('system', 'document'),
  video: refuseBlock('system', 'video'),
  audio: refuseBlock('system', 'audio'),
  toolUse: refuseBlock('system', 'toolUse'),
  toolResult: refuseBlock('system', 'toolResult'),
  reasoningContent: refuseBlock('system', 'reasoningContent'),
  citationsContent: refuseBlock('system', 'citationsContent'),
  searchResult: refuseBlock('system', 'searchResult'),
};
