import JSZip from 'jszip';
import {
  cell,
  docx,
  heading,
  item,
  paragraph,
  pdf,
  run,
  table,
  workbookBytes,
  workbookOf,
} from '../../../test/support/documents.js';
import type { DocumentLimits, ExtractedDocument, ExtractedFormat, Extraction } from '../document-formats.js';
import { extract } from './extract.js';

const LIMITS: DocumentLimits = {
  maxPages: 3,
  maxCells: 1_000,
  maxCharacters: 5_000,
  maxExpandedBytes: 1_000_000,
  maxPictures: 2,
  onLimit: 'refuse',
};

const read = (format: ExtractedFormat, bytes: Uint8Array): Promise<Extraction> =>
  extract({ format, as: 'text', bytes, limits: LIMITS });
const shown = (text: string, others: Partial<ExtractedDocument> = {}): Extraction => ({
  text,
  pictures: [],
  leavesOutHidden: false,
  isCut: false,
  ...others,
});

describe('A docx', () => {
  it('keeps headings, emphasis, lists and footnotes', async () => {
    const body = [
      heading(1, 'Überschrift'),
      paragraph(run('Größe &amp; ') + run('fett', '<w:b/>') + run(' und שלום')),
      heading(2, 'Liste'),
      item('bullet', 'eins'),
      item('bullet', 'zwei'),
      item('decimal', 'erstens'),
      item('decimal', 'zweitens'),
      paragraph(`${run('Siehe')}<w:r><w:footnoteReference w:id="1"/></w:r>`),
    ].join('');
    expect(await read('docx', await docx({ body, footnotes: ['Die Fußnote.'] }))).toEqual(
      shown(
        [
          '# Überschrift',
          'Größe & **fett** und שלום',
          '## Liste',
          '- eins\n- zwei',
          '1. erstens\n2. zweitens',
          'Siehe[1]',
          '1. Die Fußnote.',
        ].join('\n\n'),
      ),
    );
  });

  it('has tables, with empty cells where merged ones reach', async () => {
    const wide = '<w:gridSpan w:val="2"/>';
    const body = table(
      [cell('Name'), cell('a|b', wide)],
      [cell('x', '<w:vMerge w:val="restart"/>'), cell('1'), cell('2')],
      [cell('', '<w:vMerge/>'), cell('3'), cell('4')],
    );
    expect(await read('docx', await docx({ body }))).toEqual(
      shown('| Name | a\\|b |  |\n| --- | --- | --- |\n| x | 1 | 2 |\n|  | 3 | 4 |'),
    );
  });

  it('leaves out what is hidden or deleted, and says so', async () => {
    const body = paragraph(
      `${run('seen')}${run(' hidden', '<w:vanish/>')}<w:del><w:r><w:delText> deleted</w:delText></w:r></w:del>`,
    );
    expect(await read('docx', await docx({ body }))).toEqual(shown('seen', { leavesOutHidden: true }));
  });
});

describe.each(['xlsx', 'xls'] as const)('A workbook as %s', (format) => {
  it('has a table for each sheet, with values as they are shown', async () => {
    const workbook = workbookOf({
      Größen: [
        ['Stadt', 'Preis', 'Summe'],
        ['Köln', 1.5, 3],
        ['', true, null],
      ],
      Leer: [],
      Zwei: [['שלום', 'a|b\nc']],
    });
    const [sheet] = workbook.SheetNames;
    const sum = workbook.Sheets[sheet ?? '']?.['C2'] as { f?: string };
    sum.f = 'B2*2';
    expect(await read(format, workbookBytes(workbook, format))).toEqual(
      shown(
        '## Größen\n\n| Stadt | Preis | Summe |\n| --- | --- | --- |\n| Köln | 1.5 | 3 |\n|  | TRUE |  |\n\n' +
          '## Zwei\n\n| שלום | a\\|b<br>c |\n| --- | --- |',
      ),
    );
  });

  it('leaves out hidden sheets, and says so', async () => {
    const workbook = workbookOf({ Seen: [['a']], Hidden: [['secret']] });
    workbook.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
    expect(await read(format, workbookBytes(workbook, format))).toEqual(
      shown('## Seen\n\n| a |\n| --- |', { leavesOutHidden: true }),
    );
  });

  it('is refused with too many cells', async () => {
    const workbook = workbookOf({ Far: [['a']] });
    const sheet = workbook.Sheets['Far'] ?? {};
    sheet['A2000'] = { t: 's', v: 'b' };
    sheet['!ref'] = 'A1:A2000';
    expect(await read(format, workbookBytes(workbook, format))).toEqual({
      refusal: 'has more than 1000 cells',
    });
  });
});

describe('A workbook', () => {
  it('leaves out rows without a height and columns without a width, and says so', async () => {
    const zip = await JSZip.loadAsync(
      workbookBytes(
        workbookOf({
          S: [
            ['a', 'no'],
            ['no', 'no'],
            ['b', 'no'],
          ],
        }),
        'xlsx',
      ),
    );
    const path = 'xl/worksheets/sheet1.xml';
    const xml = (await zip.file(path)?.async('string')) ?? '';
    const column = '<cols><col min="2" max="2" width="0" customWidth="1"/></cols>';
    const changed = xml
      .replace('<sheetData>', `${column}<sheetData>`)
      .replace('<row r="2"', '<row r="2" ht="0" customHeight="1"');
    zip.file(path, changed);
    expect(await read('xlsx', await zip.generateAsync({ type: 'nodebuffer' }))).toEqual(
      shown('## S\n\n| a |\n| --- |\n| b |', { leavesOutHidden: true }),
    );
  });
});

describe('A PDF', () => {
  it('has its pages in order, with their numbers', async () => {
    const bytes = pdf([['First (page)', 'second line'], ['Grüße']]);
    expect(await read('pdf', bytes)).toEqual(
      shown('[page 1]\n\nFirst (page)\nsecond line\n\n[page 2]\n\nGrüße'),
    );
  });

  it('is empty as a scan without text, and refused with too many pages', async () => {
    expect(await read('pdf', pdf([[], []]))).toEqual(shown(''));
    expect(await read('pdf', pdf([['a'], ['b'], ['c'], ['d']]))).toEqual({
      refusal: 'has more than 3 pages',
    });
  });
});

describe('A document that is none', () => {
  const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  const bomb = (bytes: number) => docx({ body: '', files: { 'word/media/x.bin': Buffer.alloc(bytes) } });

  it.each<
    [name: string, format: ExtractedFormat, bytes: () => Uint8Array | Promise<Uint8Array>, refusal: string]
  >([
    ['of text', 'docx', () => Buffer.from('Hello'), 'is not a docx file'],
    ['of another format', 'pdf', () => docx({ body: '' }), 'is not a pdf file'],
    ['that is empty', 'docx', () => docx({ body: '' }), 'contains no text'],
    ['that is encrypted', 'docx', () => Buffer.concat([OLE, Buffer.alloc(2_000)]), 'is encrypted'],
    [
      'cut short',
      'docx',
      async () => (await docx({ body: run('a') })).subarray(0, 300),
      'is a damaged zip file',
    ],
    [
      'of the older kind, cut short',
      'doc',
      () => Buffer.concat([OLE, Buffer.alloc(100)]),
      'is damaged, or not of its format',
    ],
    [
      'of the older kind, cut short',
      'xls',
      () => Buffer.concat([OLE, Buffer.alloc(100)]),
      'is damaged, or not of its format',
    ],
    ['of a broken PDF', 'pdf', () => Buffer.from('%PDF-1.7\n%%EOF'), 'is damaged, or not of its format'],
    ['that is a zip bomb', 'docx', () => bomb(2_000_000), 'expands to more than 1000000 bytes'],
    [
      'that is a zip of something else',
      'xlsx',
      () => docx({ body: run('a') }),
      'is damaged, or not of its format',
    ],
    [
      'with an entity that grows',
      'docx',
      () => docx({ body: '', files: { 'word/document.xml': BILLION_LAUGHS } }),
      'is damaged, or not of its format',
    ],
    [
      'with an entity of another file',
      'docx',
      () => docx({ body: '', files: { 'word/document.xml': EXTERNAL_ENTITY } }),
      'is damaged, or not of its format',
    ],
    [
      'with too much text',
      'docx',
      () => docx({ body: paragraph(run('a'.repeat(6_000))) }),
      'has more than 5000 characters of text',
    ],
  ])('%s is refused', async (_, format, bytes, refusal) => {
    expect(await read(format, await bytes())).toEqual({ refusal });
  });

  it('that lies about its size is refused', async () => {
    const bytes = await bomb(500_000);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(500_000);
    for (let at = bytes.indexOf(size); at !== -1; at = bytes.indexOf(size, at + 1))
      bytes.writeUInt32LE(5, at);
    expect(await read('docx', bytes)).toEqual({
      refusal: 'is a damaged zip file, or one that expands to more than it declares',
    });
  });
});

const ENTITIES = 'bcdefghij'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index] ?? ''};`.repeat(10)}">`)
  .join('');
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const bodyOf = (entity: string) =>
  `<w:document ${W}><w:body><w:p><w:r><w:t>&${entity};</w:t></w:r></w:p></w:body></w:document>`;
const BILLION_LAUGHS = `<!DOCTYPE x [<!ENTITY a "lol">${ENTITIES}]>${bodyOf('j')}`;
const EXTERNAL_ENTITY = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${bodyOf('a')}`;
