import type { CitationsContentBlockDto } from '../../../bedrock/converse/citations-content-block.dto.js';
import type { RequestContext } from '../request-context.js';

/** `citationsContent` → the text that was cited for; the citations themselves stay behind. */
export function citationsContentToText(
  { content, citations }: CitationsContentBlockDto,
  path: string,
  { ignored }: RequestContext,
): string {
  if (citations != null && citations.length > 0) ignored.hint(`${path}.citations`);
  return (content ?? []).map(({ text }) => text ?? '').join('');
}
