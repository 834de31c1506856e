import type { DocumentBlockDto } from '../../../bedrock/converse/document-block.dto.js';
import { Base64Data } from '../../../openai/base64-data.js';
import type { ContentPart } from '../../../openai/chat-completion.js';
import type { PagePicture, ReadDocument } from '../read-documents.js';
import { textToContentPart } from './text.js';

/** A text → a part that holds it in the element of its document. */
export function textToDocumentElement(document: DocumentBlockDto, text: string): ContentPart {
  return textToContentPart(`${opening(document)}${text}\n</document>`);
}

/** Pictures of pages, each below its number → parts, the first of which opens the element, and the last one closes it. */
export function readDocumentToContentParts(
  document: DocumentBlockDto,
  { text, pictures }: ReadDocument,
): ContentPart[] {
  const [first, ...others] = pictures;
  if (first === undefined) return [textToDocumentElement(document, text)];
  return [
    ...pageToContentParts(first, opening(document)),
    ...others.flatMap((picture) => pageToContentParts(picture)),
    textToContentPart(text === '' ? '</document>' : `${text}\n</document>`),
  ];
}

export function contextElement(context: string): string {
  return `<context>${context}</context>`;
}

function opening({ name, format, context }: DocumentBlockDto): string {
  const attributes = format == null ? '' : ` format="${format}"`;
  const before = context == null ? '' : `${contextElement(context)}\n`;
  return `<document name="${escape(name)}"${attributes}>\n${before}`;
}

function pageToContentParts({ page, base64 }: PagePicture, before = ''): ContentPart[] {
  const url = new Base64Data(base64, 'image/jpeg');
  return [textToContentPart(`${before}[page ${page}]`), { type: 'image_url', image_url: { url } }];
}

function escape(name: string): string {
  return name.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
