import { docx, paragraph, pdf, run, workbookBytes, workbookOf } from '../../../test/support/documents.js';
import type { DocumentLimits, ExtractedFormat, Extraction } from '../document-formats.js';
import { extract } from './extract.js';

const LIMITS: DocumentLimits = {
  maxPages: 2,
  maxPictures: 1,
  maxCells: 6,
  maxCharacters: 70,
  maxExpandedBytes: 1_000_000,
  onLimit: 'truncate',
};

interface Case {
  readonly format: ExtractedFormat;
  readonly bytes: () => Buffer | Promise<Buffer>;
  /** When it is refused. */
  readonly refusal: string;
  /** When it is cut. */
  readonly text: string;
}

const words = (text: string): Promise<Buffer> => docx({ body: paragraph(run(text)) });

/** Two columns; the first sheet has four cells. */
const WORKBOOK = workbookOf({
  One: [
    ['a', 'b'],
    [1, 2],
  ],
  Two: [
    ['c', 'd'],
    [3, 4],
    [5, 6],
  ],
  Three: [['e']],
});

const CASES: Readonly<Record<string, Case>> = {
  'pages of a PDF': {
    format: 'pdf',
    bytes: () => pdf([['a'], ['b'], ['c'], ['d']]),
    refusal: 'has more than 2 pages',
    text: '[page 1]\n\na\n\n[page 2]\n\nb\n\n[cut here: pages 3 to 4 are missing]',
  },
  'characters of a docx': {
    format: 'docx',
    bytes: () => words('x'.repeat(71)),
    refusal: 'has more than 70 characters of text',
    text: `${'x'.repeat(70)}\n\n[cut here: the rest of the text is missing]`,
  },
  'characters, between the halves of one': {
    format: 'docx',
    bytes: () => words(`${'x'.repeat(69)}😀`),
    refusal: 'has more than 70 characters of text',
    text: `${'x'.repeat(69)}\n\n[cut here: the rest of the text is missing]`,
  },
  'characters of a PDF': {
    format: 'pdf',
    bytes: () => pdf([['y'.repeat(80)], ['never read']]),
    refusal: 'has more than 70 characters of text',
    text: `[page 1]\n\n${'y'.repeat(60)}\n\n[cut here: the rest of the text is missing]`,
  },
  'cells of a workbook': {
    format: 'xlsx',
    bytes: () => workbookBytes(WORKBOOK, 'xlsx'),
    refusal: 'has more than 6 cells',
    text: '',
  },
};

const read = async ({ format, bytes }: Case, limits: Partial<DocumentLimits> = {}): Promise<Extraction> =>
  extract({ format, as: 'text', bytes: await bytes(), limits: { ...LIMITS, ...limits } });

const NAMES = Object.entries(CASES);

describe('A document over a limit', () => {
  it.each(NAMES)('is refused: %s', async (_, document) => {
    expect(await read(document, { onLimit: 'refuse' })).toEqual({ refusal: document.refusal });
  });

  it.each(NAMES.filter(([, { text }]) => text !== ''))('is cut there: %s', async (_, document) => {
    expect(await read(document)).toEqual({
      text: document.text,
      pictures: [],
      leavesOutHidden: false,
      isCut: true,
    });
  });

  it('is cut at a row, and the sheets behind it are missing', async () => {
    const document = {
      format: 'xlsx',
      bytes: () => workbookBytes(WORKBOOK, 'xlsx'),
      refusal: '',
      text: '',
    } as const;
    expect(await read(document, { maxCharacters: 1_000 })).toMatchObject({
      text: [
        '## One\n\n| a | b |\n| --- | --- |\n| 1 | 2 |',
        '## Two\n\n| c | d |\n| --- | --- |',
        '[cut here: the rows and sheets that follow are missing]',
      ].join('\n\n'),
      isCut: true,
    });
  });

  it.each(NAMES)('is whole within it: %s', async (_, document) => {
    const wide = { maxPages: 9, maxCells: 99, maxCharacters: 999 };
    expect(await read(document, wide)).toMatchObject({ isCut: false });
  });

  it('is refused whatever is said, where the limit protects the process', async () => {
    const document = { format: 'docx', bytes: () => words('x'), refusal: '', text: '' } as const;
    expect(await read(document, { maxExpandedBytes: 100 })).toEqual({
      refusal: 'expands to more than 100 bytes',
    });
  });
});
