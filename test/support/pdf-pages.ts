import { pdfOf, type PdfObject, pictureOf, streamOf } from './pdf-file.js';

/** PDF pages with text in every place and state, for A4 paper. */

const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>';
const HELVETICA = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
const FIRST_PAGE = 12;

/** Whatever stands between `BT` and `ET` before the text: `3 Tr`, `1 1 1 rg` … */
export function textAt(x: number, y: number, text: string, state = '/F1 12 Tf'): string {
  return `q BT ${state} ${x} ${y} Td ${stringOf(text)} Tj ET Q`;
}

/** Lines below each other. */
export function linesAt(x: number, y: number, lines: readonly string[]): string {
  return `BT /F1 11 Tf 14 TL ${x} ${y} Td ${lines.map((line) => `${stringOf(line)} Tj T*`).join(' ')} ET`;
}

/** The picture of the file, over the whole page. */
export const FULL_PICTURE = 'q 595 0 0 842 0 0 cm /Im Do Q';

/** Letters of the font `/F2`, whose shapes are boxes; what they mean is in its table. As they stand from left to right. */
const LETTERS = Array.from('אבגדהוזחטיכלמנסעפצקרשתםןץףך 😀');

export function lettersAt(x: number, y: number, logical: string): string {
  const visual = Array.from(logical).toReversed();
  const codes = visual.map((letter) => hexOf(LETTERS.indexOf(letter) + 1));
  return `BT /F2 12 Tf ${x} ${y} Td <${codes.join('')}> Tj ET`;
}

/** The drawing of each page → a PDF. */
export function pagesOf(contents: readonly string[], password?: string): Buffer {
  const kids = contents.map((_, index) => `${FIRST_PAGE + index * 2} 0 R`).join(' ');
  return pdfOf(
    [
      CATALOGUE,
      `<< /Type /Pages /Count ${contents.length} /Kids [${kids}] >>`,
      HELVETICA,
      ...lettersFont(4),
      pictureOf([250, 248, 240]),
      ...Array.from({ length: FIRST_PAGE - 10 }, () => 'null'),
      ...contents.flatMap((content, index): PdfObject[] => [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${FIRST_PAGE + 1 + index * 2} 0 R ` +
          '/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /Im 9 0 R >> >> >>',
        streamOf(content),
      ]),
    ],
    password,
  );
}

/** Five objects, of which the first is the font. */
function lettersFont(number: number): PdfObject[] {
  const codes = LETTERS.map((letter, index) => ({ letter, code: index + 1 }));
  const widths = codes.map(() => '500').join(' ');
  const differences = codes.map(({ code }) => `/c${code}`).join(' ');
  const shapes = codes
    .map(({ code, letter }) => `/c${code} ${number + (letter === ' ' ? 4 : 3)} 0 R`)
    .join(' ');
  const meanings = codes.map(
    ({ code, letter }) => `<${hexOf(code)}> <${Buffer.from(letter, 'utf16le').swap16().toString('hex')}>`,
  );
  return [
    `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 ` +
      `/LastChar ${codes.length} /Widths [${widths}] /Encoding << /Type /Encoding /Differences [1 ${differences}] >> ` +
      `/CharProcs << ${shapes} >> /ToUnicode ${number + 1} 0 R /Resources << >> >>`,
    streamOf(
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def ' +
        `1 begincodespacerange <00> <ff> endcodespacerange ${codes.length} beginbfchar ${meanings.join(' ')} endbfchar ` +
        'endcmap end end',
    ),
    'null',
    streamOf('500 0 0 0 450 700 d1 50 0 400 700 re f'),
    streamOf('500 0 0 0 0 0 d1'),
  ];
}

function hexOf(code: number): string {
  return code.toString(16).padStart(2, '0');
}

function stringOf(text: string): string {
  return `(${text.replaceAll(/[\\()]/g, String.raw`\$&`)})`;
}
