import type { CitationsContentBlockDto } from '../../../bedrock/converse/citations-content-block.dto.js';
import type { RequestContext } from '../request-context.js';

/** `citationsContent` → its text. The citations themselves are dropped and reported. */
export function citationsContentToText(
  { content, citations }: CitationsContentBlockDto,
  path: string,
  { ignored }: RequestContext,
): string {
  if (citations != null && citations.length > 0) ignored.hint(`${path}.citations`);
  return (content ?? []).map(({ text }) => text ?? '').join('');
}
