import jpeg from 'jpeg-js';
import { docx, paragraph, pdf, run, scan } from '../../../test/support/documents.js';
import type { DocumentLimits, Extraction } from '../document-formats.js';
import { extract } from './extract.js';

const LIMITS: DocumentLimits = {
  maxPages: 9,
  maxPictures: 3,
  maxCells: 1,
  maxCharacters: 1_000,
  maxExpandedBytes: 128 * 1024 * 1024,
  onLimit: 'refuse',
};

const draw = (bytes: Uint8Array, limits: Partial<DocumentLimits> = {}): Promise<Extraction> =>
  extract({ format: 'pdf', as: 'pictures', bytes, limits: { ...LIMITS, ...limits } });

/** The size of each picture, and the colour in its middle. */
function seen(extraction: Extraction): object[] {
  if ('refusal' in extraction) throw new Error(extraction.refusal);
  return extraction.pictures.map(({ page, base64 }) => {
    const { width, height, data } = jpeg.decode(Buffer.from(base64, 'base64'));
    const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
    return { page, width, height, colour: [...data.subarray(middle, middle + 3)] };
  });
}

const close = (value: number): unknown => expect.closeTo(value, -1) as unknown;

describe('A PDF as pictures', () => {
  it('has a picture of each page, in order, the longer side of which has 1568 pixels', async () => {
    const extraction = await draw(
      scan([
        [255, 0, 0],
        [0, 0, 255],
      ]),
    );
    expect(extraction).toMatchObject({ text: '', leavesOutHidden: false, isCut: false });
    expect(seen(extraction)).toEqual([
      { page: 1, width: 1211, height: 1568, colour: [close(254), close(0), close(0)] },
      { page: 2, width: 1211, height: 1568, colour: [close(0), close(0), close(254)] },
    ]);
  });

  it('is refused with too many pages, or cut at the limit and marked', async () => {
    const bytes = pdf([['a'], ['b'], ['c'], ['d'], ['e']]);
    expect(await draw(bytes)).toEqual({ refusal: 'has more than 3 pages to send as pictures' });
    const cut = await draw(bytes, { onLimit: 'truncate' });
    expect(cut).toMatchObject({ text: '[cut here: pages 4 to 5 are missing]', isCut: true });
    expect(seen(cut)).toHaveLength(3);
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['is none', () => docx({ body: paragraph(run('a')) }), 'is not a pdf file'],
    ['is broken', () => Buffer.from('%PDF-1.7\n%%EOF'), 'is damaged, or not of its format'],
  ])('is refused if it %s', async (_, bytes, refusal) => {
    expect(await draw(await bytes())).toEqual({ refusal });
  });

  it('is refused when drawing it takes too much memory, and the next one is drawn', async () => {
    const bytes = Buffer.concat([scan([[1, 2, 3]]), Buffer.alloc(32 * 1024 * 1024)]);
    expect(await draw(bytes, { maxExpandedBytes: 32 * 1024 * 1024 })).toEqual({
      refusal: 'needs more than 32 MB to be drawn',
    });
    expect(seen(await draw(scan([[1, 2, 3]])))).toHaveLength(1);
  });
});
