import type { ExtractedDocument, ExtractionTask } from '../document-formats.ts';
import { pagesWithin } from './limit.ts';
import { PdfFile } from './pdf-file.ts';
import { type PageText, pageText } from './pdf-page-text.ts';

const NO_TEXT: PageText = { text: '', leavesOutHidden: false };

/**
 * A PDF → the text of its pages in the order of the file, each below its number. Empty when no page has text: then they
 * are pictures.
 */
export async function pdfText({ bytes, limits }: ExtractionTask): Promise<ExtractedDocument> {
  const file = await PdfFile.open(bytes, limits.maxExpandedBytes);
  const { last, mark } = pagesWithin(file.pageCount, limits.maxPages, limits);
  const pages: PageText[] = [];
  let characters = 0;
  // what follows the limit is cut or refused by the caller
  for (let index = 0; index < last && characters <= limits.maxCharacters; index += 1) {
    const page = file.withPage(index, (open) => pageText(file, open)) ?? NO_TEXT;
    characters += page.text.length;
    pages.push(page);
  }
  const isScan = pages.every(({ text }) => text === '');
  const parts = [...pages.map(({ text }, index) => underNumber(text, index + 1)), mark].filter(Boolean);
  return {
    text: isScan ? '' : parts.join('\n\n'),
    pictures: [],
    leavesOutHidden: pages.some(({ leavesOutHidden }) => leavesOutHidden),
    isCut: mark !== '',
  };
}

/** A model should know that something may be on a page whose text it does not get. */
function underNumber(text: string, number: number): string {
  return text === '' ? `[page ${number}: no text]` : `[page ${number}]\n\n${text}`;
}
