import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';
import { DocumentError, DocumentOverload } from '../../documents/document-error.js';
import { EXTRACTED_FORMATS, type ExtractedFormat } from '../../documents/document-formats.js';
import { DocumentReader } from '../../documents/document-reader.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { decodeDocumentText } from '../../translation/request/content/document-text.js';
import { isPdf } from '../../translation/request/content/pdf.js';
import type { ReadDocument, ReadDocuments } from '../../translation/request/read-documents.js';
import { invalid } from '../../translation/request/refuse.js';
import { UnreadDocument } from '../../translation/request/unread-document.js';
import type { Preparation, PreparedRequest } from '../prepared-request.js';
import { serviceUnavailableException } from '../retry-later.js';
import { documentsOf, type PlacedDocument } from './documents-of.js';

const RETRY_AFTER_MS = 1_000;
const NO_TEXT = 'contains no text: its pages are pictures, such as scans';

/** What the documents of a request have become. */
export interface DocumentsRead {
  readonly documents: ReadDocuments;
  /** Paths of documents of which hidden parts were left out. */
  readonly ignored: readonly string[];
}

/** Reads the documents of requests. */
@Injectable()
export class RequestDocuments {
  constructor(private readonly reader: DocumentReader) {}

  /**
   * Maps a request for a target: at once, or when its documents are read if the target does not take them as they are.
   * @throws BedrockException
   */
  prepare<Params>(
    { prepare, request }: Preparation<Params>,
    target: UpstreamTarget,
  ): PreparedRequest<Params> | Promise<PreparedRequest<Params>> {
    try {
      return prepare(target);
    } catch (error) {
      if (!(error instanceof UnreadDocument) || request === undefined) throw error;
      return this.readFor(request, target).then(({ documents, ignored }) => {
        const prepared = prepare(target, documents);
        return { ...prepared, ignored: [...ignored, ...prepared.ignored] };
      });
    }
  }

  /**
   * Reads the documents that a target does not take as they are: one after the other, so that one request does not fill
   * the queue of all.
   * @throws BedrockException when a document cannot be read, naming its path
   */
  private async readFor(request: ConverseRequestDto, { dialect }: UpstreamTarget): Promise<DocumentsRead> {
    const documents = new Map<DocumentBlockDto, ReadDocument>();
    const ignored: string[] = [];
    for (const placed of documentsOf(request)) {
      const format = extractedFormatOf(placed.document);
      if (format === undefined || (format === 'pdf' && dialect.pdf !== 'none')) continue;
      const text = await this.extract(placed, format, ignored);
      if (text === '') throw invalid(`${placed.path}.source.bytes`, `the document ${NO_TEXT}.`);
      documents.set(placed.document, { text });
    }
    return { documents, ignored };
  }

  /**
   * Reads the text of documents whatever the targets take, because it is examined. A PDF without text is left out.
   * @param wanted the documents to read
   * @throws BedrockException when a document cannot be read, naming its path
   */
  async textsOf(request: ConverseRequestDto, wanted: ReadonlySet<DocumentBlockDto>): Promise<DocumentsRead> {
    const documents = new Map<DocumentBlockDto, ReadDocument>();
    const ignored: string[] = [];
    if (wanted.size === 0) return { documents, ignored };
    for (const placed of documentsOf(request)) {
      if (!wanted.has(placed.document)) continue;
      const text = await this.textOf(placed, ignored);
      if (text !== '') documents.set(placed.document, { text });
    }
    return { documents, ignored };
  }

  private async textOf(placed: PlacedDocument, ignored: string[]): Promise<string> {
    const { source } = placed.document;
    if (source.text != null) return source.text;
    if (source.content != null) return source.content.map(({ text }) => text ?? '').join('\n');
    if (source.bytes == null) return '';
    const format = extractedFormatOf(placed.document);
    if (format === undefined) return decodeDocumentText(source.bytes, `${placed.path}.source.bytes`);
    return this.extract(placed, format, ignored);
  }

  private async extract(
    { document, path }: PlacedDocument,
    format: ExtractedFormat,
    ignored: string[],
  ): Promise<string> {
    const bytesPath = `${path}.source.bytes`;
    try {
      const { text, leavesOutHidden } = await this.reader.read(format, document.source.bytes ?? '');
      if (leavesOutHidden) ignored.push(bytesPath);
      return text;
    } catch (error) {
      throw toException(error, bytesPath);
    }
  }
}

/** Undefined for a text, and for a document that is not there as bytes. */
function extractedFormatOf({ format, source: { bytes } }: DocumentBlockDto): ExtractedFormat | undefined {
  if (bytes == null) return undefined;
  const known = format ?? (isPdf(bytes) ? 'pdf' : undefined);
  return EXTRACTED_FORMATS.find((extracted) => extracted === known);
}

function toException(error: unknown, path: string): unknown {
  if (error instanceof DocumentError) return invalid(path, `the document ${error.message}.`);
  return error instanceof DocumentOverload ? serviceUnavailableException(RETRY_AFTER_MS) : error;
}
