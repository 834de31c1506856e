import { getDocumentProxy } from 'unpdf';
import type { ExtractedText, ExtractionTask } from '../document-formats.ts';
import { Refusal } from './refusal.ts';

/** A piece of text, and whether a line ends behind it. */
interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
}

/** A PDF → the text of its pages in the order of the file, each below its number. */
export async function pdfText({
  bytes,
  limits: { maxPages, maxCharacters },
}: ExtractionTask): Promise<ExtractedText> {
  const document = await open(bytes);
  if (document.numPages > maxPages) throw new Refusal(`has more than ${maxPages} pages`);
  const pages: string[] = [];
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? textOf(item) : '')).join('');
    page.cleanup();
    characters += text.length;
    if (characters > maxCharacters) throw new Refusal(`has more than ${maxCharacters} characters of text`);
    pages.push(text.trim());
  }
  // its pages are pictures
  if (pages.every((page) => page === '')) return { text: '', leavesOutHidden: false };
  const text = pages.map((page, index) => `[page ${index + 1}]\n\n${page}`).join('\n\n');
  return { text, leavesOutHidden: false };
}

async function open(bytes: Uint8Array): ReturnType<typeof getDocumentProxy> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { disableFontFace: true, verbosity: 0 });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') throw new Refusal('is encrypted');
    throw error;
  }
}

function textOf({ str, hasEOL }: TextItem): string {
  return hasEOL ? `${str}\n` : str;
}
