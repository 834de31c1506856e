import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import { type JsonObject, STRUCTURE } from '../../bedrock/validation/rule.js';
import type { NativePaths } from '../native-paths.js';
import { invalid } from '../refuse.js';

/** Members that a search result has a place for. */
const TITLE = 'title';
const SOURCES = ['url', 'id'];
const TEXTS = ['snippet', 'text'];

/**
 * `documents` → search results. Members other than title, address and text are kept as JSON.
 * @throws ValidationException
 */
export function documentsToBlocks(documents: unknown, paths: NativePaths): ContentBlockDto[] {
  if (documents == null) return [];
  if (!Array.isArray(documents)) throw invalid('documents', 'it is no list.');
  return documents.map((document: unknown, index) => {
    const path = `documents.${index}`;
    if (!STRUCTURE.accepts(document)) throw invalid(path, 'it is no object.');
    return paths.from(path, { searchResult: toSearchResult(document, `doc_${index}`) });
  });
}

function toSearchResult(document: JsonObject, name: string): NonNullable<ContentBlockDto['searchResult']> {
  const [source = name] = SOURCES.flatMap((member) => textsOf(document, member));
  const [title = source] = textsOf(document, TITLE);
  const texts = TEXTS.flatMap((member) => textsOf(document, member));
  const known = new Set([TITLE, ...SOURCES, ...TEXTS]);
  const others = Object.entries(document).filter(([member]) => !known.has(member));
  if (others.length > 0 || texts.length === 0) texts.push(JSON.stringify(Object.fromEntries(others)));
  return { source, title, content: texts.map((text) => ({ text })) };
}

function textsOf(document: JsonObject, member: string): string[] {
  const value = document[member];
  return typeof value === 'string' && value !== '' ? [value] : [];
}
