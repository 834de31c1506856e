import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import { guardContentToText } from './content/guard-content.js';
import { isBlank } from './content/text.js';
import type { RequestContext } from './request-context.js';
import { refuseBlock } from './refuse.js';

/** Blocks of one text are apart by a blank line, here and in the leading system message. */
export const SYSTEM_SEPARATOR = '\n\n';

/** Content blocks of the role system → their text, '' when they only change the tools. */
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
  // the tools of the request are computed from these, over the whole conversation
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
