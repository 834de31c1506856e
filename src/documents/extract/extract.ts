import type { ExtractedDocument, ExtractedFormat, Extraction, ExtractionTask } from '../document-formats.ts';
import { cutMark, passLimit } from './limit.ts';
import { Refusal } from './refusal.ts';

type Extract = (task: ExtractionTask) => ExtractedDocument | Promise<ExtractedDocument>;

/** Each is loaded when it is first needed. */
const EXTRACT: Readonly<Record<ExtractedFormat, () => Promise<Extract>>> = {
  pdf: () => import('./pdf.ts').then(({ pdfText }) => pdfText),
  docx: () => import('./docx.ts').then(({ docxText }) => docxText),
  doc: () => import('./doc.ts').then(({ docText }) => docText),
  xlsx: () => import('./workbook.ts').then(({ workbookText }) => workbookText),
  xls: () => import('./workbook.ts').then(({ workbookText }) => workbookText),
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

/** The bytes of a document → its text as Markdown, or pictures of its pages. Never throws for what is in the document. */
export async function extract(task: ExtractionTask): Promise<Extraction> {
  try {
    await checkSignature(task);
    if (task.as === 'pictures') return await (await import('./pdf-pictures.ts')).pdfPictures(task);
    const read = await EXTRACT[task.format]();
    return withinCharacters(await read(task), task);
  } catch (error) {
    // the words of a parser may quote the document
    return { refusal: error instanceof Refusal ? error.message : 'is damaged, or not of its format' };
  }
}

async function checkSignature({ format, bytes }: ExtractionTask): Promise<void> {
  if (beginsWith(bytes, SIGNATURES[format])) return;
  const isEncrypted = ENCRYPTABLE.has(format) && beginsWith(bytes, OLE) && !(await isOfOlderFormat(bytes));
  throw new Refusal(isEncrypted ? 'is encrypted' : `is not a ${format} file`);
}

/** Whether it is a doc or an xls, perhaps with the wrong name. */
async function isOfOlderFormat(bytes: Uint8Array): Promise<boolean> {
  const { OleFile } = await import('./ole.ts');
  try {
    const file = new OleFile(bytes);
    return ['WordDocument', 'Workbook', 'Book'].some((name) => file.stream(name) !== undefined);
  } catch {
    return false;
  }
}

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function withinCharacters(
  document: ExtractedDocument,
  { format, limits }: ExtractionTask,
): ExtractedDocument {
  const text = document.text.trim();
  const { maxCharacters } = limits;
  if (text === '' && format !== 'pdf') throw new Refusal('contains no text');
  if (text.length <= maxCharacters) return { ...document, text: text.toWellFormed() };
  passLimit(limits, `${maxCharacters} characters of text`);
  // half of a surrogate pair may stand before the cut
  const kept = text
    .slice(0, maxCharacters)
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed();
  return { ...document, text: `${kept}\n\n${cutMark('the rest of the text is missing')}`, isCut: true };
}
