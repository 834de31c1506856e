import type { PDFiumDocument, PDFiumPage } from '@hyzyla/pdfium';
import jpeg from 'jpeg-js';
import type { ExtractedDocument, ExtractionTask, PagePicture } from '../document-formats.ts';
import { pagesWithin } from './limit.ts';
import { openPdfium } from './pdfium.ts';
import { Refusal } from './refusal.ts';

/** Of a picture, in pixels. Models scale larger pictures down. */
const LONGER_SIDE = 1_568;
/** Small pages, such as labels, are enlarged by so much at most. */
const MAX_SCALE = 4;
const JPEG_QUALITY = 80;

/** A PDF → its pages as pictures, in order. */
export async function pdfPictures({ bytes, limits }: ExtractionTask): Promise<ExtractedDocument> {
  const { library } = await openPdfium(limits.maxExpandedBytes, 'drawn');
  try {
    const document = await library.loadDocument(bytes);
    const { maxPictures } = limits;
    const count = document.getPageCount();
    const { last, mark } = pagesWithin(count, maxPictures, limits, 'pages to send as pictures');
    const pictures = await draw(document, last);
    return { text: mark, pictures, leavesOutHidden: false, isCut: mark !== '' };
  } catch (error) {
    throw passwordRefusal(error) ?? error;
  }
}

async function draw(document: PDFiumDocument, last: number): Promise<PagePicture[]> {
  const pictures: PagePicture[] = [];
  for (let page = 1; page <= last; page += 1) {
    pictures.push({ page, base64: await toJpeg(document.getPage(page - 1)) });
  }
  return pictures;
}

async function toJpeg(page: PDFiumPage): Promise<string> {
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = Math.min(MAX_SCALE, LONGER_SIDE / Math.max(originalWidth, originalHeight));
  const { data, width, height } = await page.render({ scale, render: 'bitmap' });
  return jpeg.encode({ data, width, height }, JPEG_QUALITY).data.toString('base64');
}

function passwordRefusal(error: unknown): Refusal | undefined {
  return error instanceof Error && error.message.startsWith('Password')
    ? new Refusal('is encrypted')
    : undefined;
}
