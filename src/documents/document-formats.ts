/** Formats whose text is extracted. */
export const EXTRACTED_FORMATS = ['pdf', 'docx', 'doc', 'xlsx', 'xls'] as const;

export type ExtractedFormat = (typeof EXTRACTED_FORMATS)[number];

/** Bounds of one document. Over one it is refused. */
export interface DocumentLimits {
  /** Of a PDF. */
  readonly maxPages: number;
  /** Of a workbook, over all its sheets. */
  readonly maxCells: number;
  /** Of the extracted text. */
  readonly maxCharacters: number;
  /** Of the files inside of a docx or xlsx, together. */
  readonly maxExpandedBytes: number;
}

/** What a worker is asked. */
export interface ExtractionTask {
  readonly format: ExtractedFormat;
  readonly bytes: Uint8Array;
  readonly limits: DocumentLimits;
}

/** A document's text as Markdown. */
export interface ExtractedText {
  /** Empty only for a PDF whose pages are pictures. */
  readonly text: string;
  /** Whether parts were left out because the document hides them. */
  readonly leavesOutHidden: boolean;
}

/** The text, or why there is none: the rest of a sentence that begins with "the document". */
export type Extraction = ExtractedText | { readonly refusal: string };
