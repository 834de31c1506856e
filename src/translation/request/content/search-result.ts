import type { SearchResultBlockDto } from '../../../bedrock/converse/search-result-block.dto.js';
import type { RequestContext } from '../request-context.js';

/** `searchResult` → a text element with its source, title and texts. */
export function searchResultToText(
  { source, title, content, citations }: SearchResultBlockDto,
  path: string,
  { ignored }: RequestContext,
): string {
  if (citations?.enabled === true) ignored.hint(`${path}.citations`);
  const texts = content.map(({ text }) => text);
  const lines = [`<source>${source}</source>`, `<title>${title}</title>`, ...texts];
  return `<search_result>\n${lines.join('\n')}\n</search_result>`;
}
