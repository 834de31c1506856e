import type {
  DocumentBlockDto,
  DocumentFormat,
  DocumentSourceDto,
} from '../../../bedrock/converse/document-block.dto.js';
import { visit, type Visitor } from '../../../bedrock/union.js';
import type { ContentPart } from '../../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../../openai/upstream-target.js';
import { unsupported } from '../refuse.js';
import { UnreadDocument } from '../unread-document.js';
import type { RequestContext } from '../request-context.js';
import { contextElement, readDocumentToContentParts, textToDocumentElement } from './document-element.js';
import { decodeDocumentText } from './document-text.js';
import { refuseS3Location } from './media-source.js';
import { isPdf, pdfToContentPart } from './pdf.js';
import { textToContentPart } from './text.js';

/** How the document's content is sent. */
const SENT_AS = {
  pdf: 'pdf',
  csv: 'text',
  html: 'text',
  md: 'text',
  txt: 'text',
  doc: 'unsupported',
  docx: 'unsupported',
  xls: 'unsupported',
  xlsx: 'unsupported',
} as const satisfies Record<DocumentFormat, 'pdf' | 'text' | 'unsupported'>;

/**
 * `document` → a text part that holds the document in an element, or the part in which the upstream accepts PDF. Without
 * a format, the bytes are checked for a PDF signature. Chat completions accept no Office formats.
 * @throws ValidationException for an S3 location, an Office format, invalid text, or a PDF that the upstream cannot take
 */
export function documentToContentParts(
  document: DocumentBlockDto,
  path: string,
  context: RequestContext,
): ContentPart[] {
  if (document.citations?.enabled === true) context.ignored.hint(`${path}.citations`);
  const read = context.documents?.get(document);
  if (read !== undefined) return readDocumentToContentParts(document, read);
  return visit(document.source, SOURCE, document, path, context);
}

type DocumentToParts = [document: DocumentBlockDto, path: string, context: RequestContext];

const SOURCE: Visitor<DocumentSourceDto, DocumentToParts, ContentPart[]> = {
  bytes: bytesToContentParts,
  s3Location: (_, _document, path) => refuseS3Location(`${path}.source`),
  text: (text, document) => [textToDocumentElement(document, text)],
  content: (blocks, document) => [
    textToDocumentElement(document, blocks.map((block) => block.text ?? '').join('\n')),
  ],
};

function bytesToContentParts(bytes: string, ...[document, path, context]: DocumentToParts): ContentPart[] {
  const sentAs = SENT_AS[document.format ?? (isPdf(bytes) ? 'pdf' : 'txt')];
  if (sentAs === 'text')
    return [textToDocumentElement(document, decodeDocumentText(bytes, `${path}.source.bytes`))];
  if (sentAs === 'unsupported') {
    throw new UnreadDocument(`${path}.format`, 'Office documents cannot be read here. Send PDF or text.');
  }
  if (context.target.documents !== undefined) {
    if (context.target.documents === 'images') checkTakesPictures(context.target, path);
    throw new UnreadDocument(path, `PDF documents are sent as ${context.target.documents}.`);
  }
  const pdf = pdfToContentPart(document.name, bytes, path, context);
  return document.context == null ? [pdf] : [textToContentPart(contextElement(document.context)), pdf];
}

/** @throws ValidationException when the upstream takes no pictures of the pages of a document */
export function checkTakesPictures({ dialect }: UpstreamTarget, path: string): void {
  if (dialect.imageUrl === 'none') throw unsupported(path, 'the upstream takes no images of its pages.');
}
