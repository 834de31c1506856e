import { deflateSync } from 'node:zlib';
import { docx, paragraph, pdf, run, sheetOf } from './documents.js';
import { pdfOf, type PdfObject } from './pdf-file.js';

const MB = 1024 * 1024;
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

const nested = (depth: number): string =>
  `<w:document ${W}><w:body>${'<w:tbl><w:tr><w:tc>'.repeat(depth)}${'</w:tc></w:tr></w:tbl>'.repeat(depth)}</w:body></w:document>`;
const wordOf = (xml: string): Promise<Buffer> => docx({ body: '', files: { 'word/document.xml': xml } });

/** Documents that are built to exhaust their reader. */
export const HOSTILE_DOCUMENTS: Readonly<
  Record<string, readonly [format: string, bytes: () => Buffer | Promise<Buffer>]>
> = {
  'a zip bomb': ['docx', () => docx({ body: '', files: { 'word/media/x.bin': Buffer.alloc(160 * MB) } })],
  'a million cells': ['xlsx', () => sheetOf(1_000_000)],
  'a docx of one word, a million times': [
    'docx',
    () => docx({ body: paragraph(run('word ')).repeat(300_000) }),
  ],
  'tables in tables': ['docx', () => wordOf(nested(20_000))],
  'runs without an end': ['docx', () => wordOf(`<w:document ${W}><w:body>${'<w:r '.repeat(200_000)}`)],
  'a PDF of a thousand pages': ['pdf', () => pdf(Array.from({ length: 1_000 }, () => ['page']))],
  'a PDF that is cut short': ['pdf', () => pdf([['a']]).subarray(0, 200)],
  'a PDF page of a million texts': ['pdf', () => drawing('BT /F1 1 Tf (a) Tj ET '.repeat(1_000_000))],
  'drawings in drawings': ['pdf', () => drawing('/X1 Do', drawings(30))],
  'a doc that is none': [
    'doc',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(8 * MB)]),
  ],
};

/** A PDF with one page. Its drawings follow the page, from object 5 on. */
function drawing(content: string, others: readonly PdfObject[] = []): Buffer {
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /X1 5 0 R >> ' +
      '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>',
    compressed(content),
    ...others,
  ]);
}

/** Each of which draws the next one ten times. */
function drawings(depth: number): PdfObject[] {
  return Array.from({ length: depth }, (_, index) => {
    const isLast = index === depth - 1;
    const form = `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X1 ${index + 6} 0 R >> >>`;
    return compressed(isLast ? '0 0 1 1 re f' : '/X1 Do '.repeat(10), form);
  });
}

function compressed(content: string, dictionary = ''): PdfObject {
  return { dictionary: `${dictionary} /Filter /FlateDecode`, stream: deflateSync(content) };
}
