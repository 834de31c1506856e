import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';
import { DocumentError, DocumentOverload } from '../../documents/document-error.js';
import {
  EXTRACTED_FORMATS,
  type ExtractedDocument,
  type ExtractedFormat,
} from '../../documents/document-formats.js';
import { DocumentReader, type DocumentKind } from '../../documents/document-reader.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { checkTakesPictures } from '../../translation/request/content/document.js';
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
  /** Paths of documents of which parts were left out: because they are hidden, or over a limit. */
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
   * Reads documents whatever the targets take, because they are examined. A PDF without text is left out, or drawn.
   * @param drawsScans whether pictures are examined too
   * @throws BedrockException when a document cannot be read, naming its path
   */
  async readToExamine(wanted: readonly PlacedDocument[], drawsScans: boolean): Promise<DocumentsRead> {
    return this.readEach(wanted, async (placed) => {
      const document = await this.textOf(placed);
      if (document?.text !== '') return document;
      if (!drawsScans || extractedFormatOf(placed.document) !== 'pdf') return undefined;
      return this.extract(placed, { format: 'pdf', as: 'pictures' });
    });
  }

  /** Reads the documents that a target does not take as they are. */
  private async readFor(request: ConverseRequestDto, target: UpstreamTarget): Promise<DocumentsRead> {
    return this.readEach(documentsOf(request), async (placed) => {
      const format = extractedFormatOf(placed.document);
      if (format === undefined) return undefined;
      if (format !== 'pdf') return this.extract(placed, { format, as: 'text' });
      if (target.documents === undefined && target.dialect.pdf !== 'none') return undefined;
      return this.readPdf(placed, target);
    });
  }

  /** One after the other, so that one request does not fill the queue of all. */
  private async readEach(
    all: Iterable<PlacedDocument>,
    read: (placed: PlacedDocument) => Promise<ReadDocument | undefined>,
  ): Promise<DocumentsRead> {
    const documents = new Map<DocumentBlockDto, ReadDocument>();
    const ignored: string[] = [];
    for (const placed of all) {
      const document = await read(placed);
      if (document === undefined) continue;
      documents.set(placed.document, document);
      if (isIncomplete(document)) ignored.push(placed.bytesPath);
    }
    return { documents, ignored };
  }

  private async readPdf(placed: PlacedDocument, target: UpstreamTarget): Promise<ReadDocument> {
    const { documents: mode = 'auto', dialect } = target;
    const takesImages = dialect.imageUrl !== 'none';
    if (mode === 'images') {
      checkTakesPictures(target, placed.path);
      return this.extract(placed, { format: 'pdf', as: 'pictures' });
    }
    const read = await this.extract(placed, { format: 'pdf', as: 'text' });
    if (read.text !== '') return read;
    if (mode === 'auto' && takesImages) return this.extract(placed, { format: 'pdf', as: 'pictures' });
    const reason = takesImages ? '' : ', and the upstream takes no images';
    throw invalid(placed.bytesPath, `the document ${NO_TEXT}${reason}.`);
  }

  private async textOf(placed: PlacedDocument): Promise<ReadDocument | undefined> {
    const { source } = placed.document;
    if (source.text != null) return written(source.text);
    if (source.content != null) return written(source.content.map(({ text }) => text ?? '').join('\n'));
    if (source.bytes == null) return undefined;
    const format = extractedFormatOf(placed.document);
    if (format === undefined) return written(decodeDocumentText(source.bytes, placed.bytesPath));
    return this.extract(placed, { format, as: 'text' });
  }

  private async extract(placed: PlacedDocument, kind: DocumentKind): Promise<ExtractedDocument> {
    try {
      return await this.reader.read(kind, placed.document.source.bytes ?? '');
    } catch (error) {
      throw toException(error, placed.bytesPath);
    }
  }
}

function written(text: string): ReadDocument {
  return { text, pictures: [] };
}

/** Whether parts of it were left out, which is reported. */
function isIncomplete(document: ReadDocument | ExtractedDocument): boolean {
  return 'isCut' in document && (document.isCut || document.leavesOutHidden);
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
