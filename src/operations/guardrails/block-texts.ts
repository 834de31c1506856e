import type { CitationsContentBlockDto } from '../../bedrock/converse/citations-content-block.dto.js';
import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';
import type { GuardrailConverseContentBlockDto } from '../../bedrock/converse/guard-content-block.dto.js';
import type { SearchResultBlockDto } from '../../bedrock/converse/search-result-block.dto.js';
import type { GuardedText } from '../../guardrails/guarded-content.js';
import type { ReadDocument, ReadDocuments } from '../../translation/request/read-documents.js';
import { toGuardedText } from './guard-content.js';

/** The blocks with texts that are examined. */
export type ExaminedBlock = Pick<
  ContentBlockDto,
  'text' | 'guardContent' | 'image' | 'document' | 'searchResult' | 'citationsContent'
>;

/** Gets the texts of a block one by one, and returns what stands in place of each. */
export type ChangeText = (text: GuardedText) => string;

/**
 * Calls `change` for each text of a block that a model gets, in order. A document that was read becomes its text, so that
 * what is examined is what is sent.
 * @returns the block with the results; itself if it has no texts
 */
export function mapBlockTexts<Value extends ExaminedBlock>(
  block: Value,
  documents: ReadDocuments,
  change: ChangeText,
): Value {
  const { text, guardContent, document, searchResult, citationsContent } = block;
  const changed = (whole: string): string => change({ text: whole, isGuarded: true });
  if (text != null) return Object.assign({}, block, { text: changed(text) });
  if (guardContent != null) return Object.assign({}, block, { guardContent: guarded(guardContent, change) });
  if (document != null) {
    return Object.assign({}, block, {
      document: namedDocument(document, documents.get(document), changed),
    });
  }
  if (searchResult != null) return Object.assign({}, block, { searchResult: found(searchResult, changed) });
  if (citationsContent != null) {
    return Object.assign({}, block, { citationsContent: cited(citationsContent, changed) });
  }
  return block;
}

function guarded(
  guardContent: GuardrailConverseContentBlockDto,
  change: ChangeText,
): GuardrailConverseContentBlockDto {
  const { text } = guardContent;
  if (text == null) return guardContent;
  return withMembers(guardContent, { text: withMembers(text, { text: change(toGuardedText(text)) }) });
}

/** A model also gets the name and the context. A document that is examined by its pictures stays as it is. */
export function namedDocument(
  document: DocumentBlockDto,
  read: ReadDocument | undefined,
  changed: (text: string) => string,
): DocumentBlockDto {
  return withMembers(document, {
    name: changed(document.name),
    ...(document.context != null && { context: changed(document.context) }),
    ...(read?.pictures.length === 0 && { source: { text: changed(read.text) } }),
  });
}

function found(searchResult: SearchResultBlockDto, changed: (text: string) => string): SearchResultBlockDto {
  return withMembers(searchResult, {
    source: changed(searchResult.source),
    title: changed(searchResult.title),
    content: searchResult.content.map(({ text }) => ({ text: changed(text) })),
  });
}

/** The pieces are sent as one text, in which something may begin in one and end in the next. */
function cited(block: CitationsContentBlockDto, changed: (text: string) => string): CitationsContentBlockDto {
  const { content } = block;
  if (content == null || content.length === 0) return block;
  return withMembers(block, { content: [{ text: changed(content.map(({ text }) => text ?? '').join('')) }] });
}

function withMembers<Value extends object>(value: Value, members: Partial<Value>): Value {
  return Object.assign({}, value, members);
}
