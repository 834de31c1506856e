import { utils, write, type WorkBook } from '@e965/xlsx';
import JSZip from 'jszip';
import { pdfOf, pictureOf, type PdfObject, streamOf } from './pdf-file.js';

/** Documents as the tests build them: no files of others. */

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

const STYLES = [1, 2]
  .map(
    (level) =>
      `<w:style w:type="paragraph" w:styleId="H${level}"><w:name w:val="heading ${level}"/></w:style>`,
  )
  .join('');
const NUMBERING = ['bullet', 'decimal']
  .map(
    (format, id) =>
      `<w:abstractNum w:abstractNumId="${id}"><w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/></w:lvl></w:abstractNum>`,
  )
  .join('');
const NUMBERS = [0, 1]
  .map((id) => `<w:num w:numId="${id + 1}"><w:abstractNumId w:val="${id}"/></w:num>`)
  .join('');

export const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const paragraph = (content: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr>${content}</w:p>`;
export const heading = (level: 1 | 2, text: string): string =>
  paragraph(run(text), `<w:pStyle w:val="H${level}"/>`);
export const item = (kind: 'bullet' | 'decimal', text: string): string =>
  paragraph(
    run(text),
    `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${kind === 'bullet' ? 1 : 2}"/></w:numPr>`,
  );
export const cell = (text: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(run(text))}</w:tc>`;
export const table = (...rows: string[][]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.join('')}</w:tr>`).join('')}</w:tbl>`;

export interface Docx {
  readonly body: string;
  readonly footnotes?: readonly string[];
  /** Further files of the package. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

export async function docx({ body, footnotes = [], files = {} }: Docx): Promise<Buffer> {
  const parts: Record<string, string | Buffer> = {
    '[Content_Types].xml':
      `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels':
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/>` +
      `<Relationship Id="r2" Type="${OFFICE}/numbering" Target="numbering.xml"/>` +
      `<Relationship Id="r3" Type="${OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>`,
    'word/styles.xml': `<w:styles ${W}>${STYLES}</w:styles>`,
    'word/numbering.xml': `<w:numbering ${W}>${NUMBERING}${NUMBERS}</w:numbering>`,
    'word/footnotes.xml': `<w:footnotes ${W}>${footnotes
      .map((text, index) => `<w:footnote w:id="${index + 1}">${paragraph(run(text))}</w:footnote>`)
      .join('')}</w:footnotes>`,
    'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`,
    ...files,
  };
  const zip = new JSZip();
  for (const [name, content] of Object.entries(parts)) zip.file(name, content);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

export type Sheets = Readonly<Record<string, readonly (readonly unknown[])[]>>;

export function workbookOf(sheets: Sheets): WorkBook {
  const workbook = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows.map((row) => Array.from(row))), name);
  }
  return workbook;
}

export function workbookBytes(workbook: WorkBook, format: 'xlsx' | 'xls'): Buffer {
  return write(workbook, {
    type: 'buffer',
    bookType: format === 'xls' ? 'biff8' : 'xlsx',
    compression: true,
  }) as Buffer;
}

/** An xlsx with one column of numbers, written without a model of it in memory: some 30 bytes of XML a cell. */
export async function sheetOf(cells: number): Promise<Buffer> {
  const { Sheets, SheetNames } = workbookOf({ Sheet: [[0]] });
  const zip = await JSZip.loadAsync(workbookBytes({ Sheets, SheetNames }, 'xlsx'));
  const rows = Array.from({ length: cells }, (_, row) => `<row r="${row + 1}"><c><v>${row}</v></c></row>`);
  const sheet = `<worksheet xmlns="${SPREADSHEET}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
  zip.file('xl/worksheets/sheet1.xml', sheet);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 1 } });
}

/** A PDF with a page for each list of lines; a page without lines is empty, as that of a scan. */
export function pdf(pages: readonly (readonly string[])[]): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, index): PdfObject[] => {
      const content = `BT /F1 12 Tf 72 720 Td 14 TL ${lines.map((line) => `(${escaped(line)}) Tj T*`).join(' ')} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
        streamOf(content),
      ];
    }),
  ];
  return pdfOf(objects);
}

function escaped(line: string): string {
  return line.replaceAll(/[\\()]/g, String.raw`\$&`);
}

/** A PDF whose pages are pictures of one colour each, and have no text. */
export function scan(colours: readonly (readonly [red: number, green: number, blue: number])[]): Buffer {
  const pages = colours.map((_, index) => `${3 + index * 3} 0 R`).join(' ');
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${colours.length} /Kids [${pages}] >>`,
    ...colours.flatMap((colour, index): PdfObject[] => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /Im ${5 + index * 3} 0 R >> >> /Contents ${4 + index * 3} 0 R >>`,
      streamOf('q 612 0 0 792 0 0 cm /Im Do Q'),
      pictureOf(colour),
    ]),
  ]);
}
