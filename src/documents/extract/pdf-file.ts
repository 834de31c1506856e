import type { PdfiumFunctions, Pointer } from './pdfium-functions.ts';
import { openPdfium } from './pdfium.ts';
import { Refusal } from './refusal.ts';

/** The error of a file that needs a password, and of one that is encrypted in a way that PDFium does not know. */
const ENCRYPTED: ReadonlySet<number> = new Set([4, 5]);
/** Bytes for the results that functions write: a matrix has six numbers of four bytes. */
const RESULT_BYTES = 32;
const NUMBER_BYTES = 4;

/** A page, for as long as it is open. */
export interface OpenPage {
  readonly page: Pointer;
  readonly textPage: Pointer;
}

/** A PDF in the memory of PDFium. The memory is free when nothing refers to it. */
export class PdfFile {
  readonly functions: PdfiumFunctions;
  readonly pageCount: number;
  readonly #document: Pointer;
  readonly #result: Pointer;

  private constructor(functions: PdfiumFunctions, document: Pointer) {
    this.functions = functions;
    this.#document = document;
    this.pageCount = functions.FPDF_GetPageCount(document);
    this.#result = functions.malloc(RESULT_BYTES);
  }

  /** @throws Refusal when the file is encrypted, or needs more memory; Error when it is damaged */
  static async open(bytes: Uint8Array, maxBytes: number): Promise<PdfFile> {
    const { functions } = await openPdfium(maxBytes, 'read');
    // it stays: PDFium reads from it
    const data = functions.malloc(bytes.length);
    new Uint8Array(functions.memory.buffer).set(bytes, data);
    const document = functions.FPDF_LoadMemDocument(data, bytes.length, 0);
    if (document !== 0 && functions.FPDF_GetPageCount(document) > 0) return new PdfFile(functions, document);
    if (ENCRYPTED.has(functions.FPDF_GetLastError())) throw new Refusal('is encrypted');
    throw new Error('The PDF is damaged');
  }

  /** Runs `read` with a page, from 0, and closes it. Undefined when the page is damaged. */
  withPage<Result>(index: number, read: (open: OpenPage) => Result): Result | undefined {
    const page = this.functions.FPDF_LoadPage(this.#document, index);
    if (page === 0) return undefined;
    const textPage = this.functions.FPDFText_LoadPage(page);
    const result = textPage === 0 ? undefined : read({ page, textPage });
    this.functions.FPDFText_ClosePage(textPage);
    this.functions.FPDF_ClosePage(page);
    return result;
  }

  /** The fractions that a function writes to consecutive places; undefined when it has none. */
  floats(count: number, call: (at: (index: number) => Pointer) => number): Float32Array | undefined {
    return this.#written(call)
      ? new Float32Array(this.functions.memory.buffer, this.#result, count)
      : undefined;
  }

  /** As `floats`, of whole numbers. */
  integers(count: number, call: (at: (index: number) => Pointer) => number): Int32Array | undefined {
    return this.#written(call)
      ? new Int32Array(this.functions.memory.buffer, this.#result, count)
      : undefined;
  }

  #written(call: (at: (index: number) => Pointer) => number): boolean {
    return call((index) => this.#result + index * NUMBER_BYTES) !== 0;
  }
}
