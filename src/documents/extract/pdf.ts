import { getDocumentProxy } from 'unpdf';
import type { ExtractedDocument, ExtractionTask } from '../document-formats.ts';
import { pagesWithin } from './limit.ts';
import { Refusal } from './refusal.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/** A piece of text, and whether a line ends behind it. */
interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
}

/**
 * A PDF → the text of its pages in the order of the file, each below its number. Empty when no page has text: then they
 * are pictures.
 */
export async function pdfText({ bytes, limits }: ExtractionTask): Promise<ExtractedDocument> {
  const document = await open(bytes);
  const { last, mark } = pagesWithin(document.numPages, limits.maxPages, limits);
  const pages: string[] = [];
  let characters = 0;
  // what follows the limit is cut or refused by the caller
  for (let number = 1; number <= last && characters <= limits.maxCharacters; number += 1) {
    const text = await textOfPage(document, number);
    characters += text.length;
    pages.push(text);
  }
  const isScan = pages.every((page) => page === '');
  const parts = [...pages.map((page, index) => underNumber(page, index + 1)), mark].filter(Boolean);
  const text = isScan ? '' : parts.join('\n\n');
  return { text, pictures: [], leavesOutHidden: false, isCut: mark !== '' };
}

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { disableFontFace: true, verbosity: 0 });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') throw new Refusal('is encrypted');
    throw error;
  }
}

async function textOfPage(document: PdfDocument, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items
    .map((item) => ('str' in item ? textOf(item) : ''))
    .join('')
    .trim();
}

function textOf({ str, hasEOL }: TextItem): string {
  return hasEOL ? `${str}\n` : str;
}

/** A model should know that something may be on a page whose text it does not get. */
function underNumber(text: string, number: number): string {
  return text === '' ? `[page ${number}: no text]` : `[page ${number}]\n\n${text}`;
}
