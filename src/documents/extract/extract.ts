import type { ExtractedFormat, ExtractedText, Extraction, ExtractionTask } from '../document-formats.ts';
import { docText } from './doc.ts';
import { docxText } from './docx.ts';
import { pdfText } from './pdf.ts';
import { Refusal } from './refusal.ts';
import { workbookText } from './workbook.ts';

type Extract = (task: ExtractionTask) => ExtractedText | Promise<ExtractedText>;

const EXTRACT: Readonly<Record<ExtractedFormat, Extract>> = {
  pdf: pdfText,
  docx: docxText,
  doc: docText,
  xlsx: workbookText,
  xls: workbookText,
};

/** The bytes that files of a format begin with: of a PDF, of a zip file, and of the older Office formats. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const SIGNATURES: Readonly<Record<ExtractedFormat, readonly number[]>> = {
  pdf: [0x25, 0x50, 0x44, 0x46],
  docx: [0x50, 0x4b, 0x03, 0x04],
  doc: OLE,
  xlsx: [0x50, 0x4b, 0x03, 0x04],
  xls: OLE,
};
/** Office encrypts a docx or xlsx as a file of the older kind. */
const ENCRYPTABLE: ReadonlySet<ExtractedFormat> = new Set(['docx', 'xlsx']);

/** The bytes of a document → its text as Markdown. Never throws for what is in the document. */
export async function extract(task: ExtractionTask): Promise<Extraction> {
  try {
    checkSignature(task);
    const { text, leavesOutHidden } = await EXTRACT[task.format](task);
    return { text: checked(text, task), leavesOutHidden };
  } catch (error) {
    // the words of a parser may quote the document
    return { refusal: error instanceof Refusal ? error.message : 'is damaged, or not of its format' };
  }
}

function checkSignature({ format, bytes }: ExtractionTask): void {
  if (beginsWith(bytes, SIGNATURES[format])) return;
  if (ENCRYPTABLE.has(format) && beginsWith(bytes, OLE)) throw new Refusal('is encrypted');
  throw new Refusal(`is not a ${format} file`);
}

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function checked(text: string, { format, limits: { maxCharacters } }: ExtractionTask): string {
  const whole = text.trim();
  if (whole === '' && format !== 'pdf') throw new Refusal('contains no text');
  if (whole.length > maxCharacters) throw new Refusal(`has more than ${maxCharacters} characters of text`);
  return whole.toWellFormed();
}
