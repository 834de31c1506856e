/** A place in the memory of PDFium; 0 is none. */
export type Pointer = number;

/**
 * The functions of PDFium that are called here, as its WebAssembly module exports them. Where they write a result to a
 * pointer they return whether there is one.
 * https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/
 */
export interface PdfiumFunctions {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(bytes: number): Pointer;

  FPDF_LoadMemDocument(data: Pointer, bytes: number, password: Pointer): Pointer;
  FPDF_GetLastError(): number;
  FPDF_GetPageCount(document: Pointer): number;

  FPDF_LoadPage(document: Pointer, index: number): Pointer;
  FPDF_GetPageBoundingBox(page: Pointer, leftTopRightBottom: Pointer): number;
  FPDF_ClosePage(page: Pointer): void;

  FPDFText_LoadPage(page: Pointer): Pointer;
  FPDFText_CountChars(textPage: Pointer): number;
  FPDFText_GetUnicode(textPage: Pointer, index: number): number;
  FPDFText_GetTextObject(textPage: Pointer, index: number): Pointer;
  FPDFText_ClosePage(textPage: Pointer): void;

  FPDFPage_CountObjects(page: Pointer): number;
  FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  FPDFFormObj_CountObjects(form: Pointer): number;
  FPDFFormObj_GetObject(form: Pointer, index: number): Pointer;
  FPDFPageObj_GetType(object: Pointer): number;
  FPDFPageObj_GetBounds(
    object: Pointer,
    left: Pointer,
    bottom: Pointer,
    right: Pointer,
    top: Pointer,
  ): number;
  FPDFPageObj_GetMatrix(object: Pointer, matrix: Pointer): number;
  FPDFPageObj_GetFillColor(
    object: Pointer,
    red: Pointer,
    green: Pointer,
    blue: Pointer,
    alpha: Pointer,
  ): number;
  FPDFPageObj_GetStrokeColor(
    object: Pointer,
    red: Pointer,
    green: Pointer,
    blue: Pointer,
    alpha: Pointer,
  ): number;
  FPDFPath_GetDrawMode(path: Pointer, fillMode: Pointer, stroke: Pointer): number;
  FPDFTextObj_GetFontSize(text: Pointer, size: Pointer): number;
  FPDFTextObj_GetTextRenderMode(text: Pointer): number;
}
