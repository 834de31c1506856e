import type { DocumentBlockDto as ConverseDocument } from '../../../bedrock/converse/document-block.dto.js';
import type { ImageBlockDto as ConverseImage } from '../../../bedrock/converse/image-block.dto.js';
import type { SearchResultBlockDto as ConverseSearchResult } from '../../../bedrock/converse/search-result-block.dto.js';
import { addressToImage } from '../../image-address.js';
import type { ContentSourceDto, DocumentBlockDto, DocumentSource } from './document-block.dto.js';
import type { ImageBlockDto, ImageMediaType } from './image-block.dto.js';
import { type Reduction, unsupported } from './reduction.js';
import type { SearchResultBlockDto } from './search-result-block.dto.js';

const IMAGE_FORMATS = {
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
} as const satisfies Record<ImageMediaType, ConverseImage['format']>;

const NO_URL = 'addresses are not fetched here. Send the content as base64.';
const NO_FILE = 'there is no store of files here. Send the content as base64.';

/** @throws ValidationException for a source that no server could load */
export function imageToConverse(
  { source }: ImageBlockDto,
  path: string,
  { paths }: Reduction,
): ConverseImage {
  const urlPath = `${path}.source.url`;
  if (source.type === 'url')
    return paths.from(path, addressToImage(source.url, urlPath), { source: urlPath });
  if (source.type === 'file') throw unsupported(`${path}.source.file_id`, NO_FILE);
  return { format: IMAGE_FORMATS[source.media_type], source: { bytes: source.data } };
}

/** What Converse allows in the name of a document. */
const OUTSIDE_NAME = /[^a-zA-Z0-9\s\-()[\]]+/g;
const MAX_NAME_CHARACTERS = 200;
const DEFAULT_NAME = 'document';

/**
 * `title` becomes the name, reduced to what Converse allows there; a title that had to be reduced is kept in the context.
 * @throws ValidationException for a source that would have to be fetched, and for images inside of a document
 */
export function documentToConverse(document: DocumentBlockDto, path: string): ConverseDocument {
  const { title, context, citations, source } = document;
  const name = documentName(title ?? '');
  const contexts = [title !== name ? title : undefined, context].filter((text) => text != null);
  return {
    ...sourceToConverse(source, `${path}.source`),
    name,
    ...(contexts.length > 0 && { context: contexts.join('\n') }),
    ...(citations != null && { citations }),
  };
}

function documentName(title: string): string {
  const name = title
    .replaceAll(OUTSIDE_NAME, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_NAME_CHARACTERS);
  return name === '' ? DEFAULT_NAME : name;
}

function sourceToConverse(source: DocumentSource, path: string): Pick<ConverseDocument, 'format' | 'source'> {
  switch (source.type) {
    case 'base64':
      return { format: 'pdf', source: { bytes: source.data } };
    case 'text':
      return { format: 'txt', source: { text: source.data } };
    case 'content':
      return { source: { content: contentTexts(source, `${path}.content`) } };
    case 'url':
      throw unsupported(`${path}.url`, NO_URL);
    case 'file':
      throw unsupported(`${path}.file_id`, NO_FILE);
  }
}

function contentTexts({ content }: ContentSourceDto, path: string): { text: string }[] {
  if (typeof content === 'string') return [{ text: content }];
  return content.map((block, index) => {
    if (block.type === 'text') return { text: block.text };
    throw unsupported(`${path}.${index}`, 'images inside of a document cannot be sent. Send them beside it.');
  });
}

export function searchResultToConverse({
  source,
  title,
  content,
  citations,
}: SearchResultBlockDto): ConverseSearchResult {
  const texts = content.map(({ text }) => ({ text }));
  return { source, title, content: texts, ...(citations != null && { citations }) };
}
