/** Formats that are read. */
export const EXTRACTED_FORMATS = ['pdf', 'docx', 'doc', 'xlsx', 'xls'] as const;

export type ExtractedFormat = (typeof EXTRACTED_FORMATS)[number];

/** What a document is read as. Pages of PDF alone can be pictures. */
type ReadAs = 'text' | 'pictures';

/** Bounds of one document. */
export interface DocumentLimits {
  /** Of a PDF. */
  readonly maxPages: number;
  /** Of a PDF that is read as pictures. */
  readonly maxPictures: number;
  /** Of a workbook, over all its sheets. */
  readonly maxCells: number;
  /** Of the extracted text. */
  readonly maxCharacters: number;
  /** Of the files inside of a docx or xlsx, together; and of the memory in which pages are drawn. */
  readonly maxExpandedBytes: number;
  /** Whether a document over one of the first four bounds is refused, or cut there. */
  readonly onLimit: OnLimit;
}

type OnLimit = 'refuse' | 'truncate';

/** What a worker is asked. */
export interface ExtractionTask {
  readonly format: ExtractedFormat;
  readonly as: ReadAs;
  readonly bytes: Uint8Array;
  readonly limits: DocumentLimits;
}

/** A page as a JPEG. */
export interface PagePicture {
  /** From 1. */
  readonly page: number;
  readonly base64: string;
}

/** What a document became. */
export interface ExtractedDocument {
  /** Markdown. Of a PDF: empty when its pages are pictures; of pictures: what was cut, if anything. */
  readonly text: string;
  readonly pictures: readonly PagePicture[];
  /** Whether parts were left out because the document hides them. */
  readonly leavesOutHidden: boolean;
  /** Whether it was cut at a limit. */
  readonly isCut: boolean;
}

/** What it became, or why nothing: the rest of a sentence that begins with "the document". */
export type Extraction = ExtractedDocument | { readonly refusal: string };
