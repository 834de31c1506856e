import { hiddenText } from './hidden-pdf-text.ts';
import type { OpenPage, PdfFile } from './pdf-file.ts';

/** A file may claim any code for a letter. */
const MAX_CODE_POINT = 0x10ffff;

export interface PageText {
  readonly text: string;
  /** Whether text was left out because nobody sees it on the page. */
  readonly leavesOutHidden: boolean;
}

/** The text of a page in the order of the file, with a line for each of its lines. */
export function pageText(file: PdfFile, { page, textPage }: OpenPage): PageText {
  const { functions } = file;
  const hidden = hiddenText(file, page);
  const count = functions.FPDFText_CountChars(textPage);
  const characters: string[] = [];
  let leavesOutHidden = false;
  for (let index = 0; index < count; index += 1) {
    // spaces and line ends between objects belong to none
    const isHidden = hidden.size > 0 && hidden.has(functions.FPDFText_GetTextObject(textPage, index));
    leavesOutHidden ||= isHidden;
    if (!isHidden) characters.push(characterOf(functions.FPDFText_GetUnicode(textPage, index)));
  }
  return { text: tidied(characters.join('')), leavesOutHidden };
}

/** PDFium also gives control characters, for what it joins: a hyphen at the end of a line, for example. */
function characterOf(code: number): string {
  const isControl = code < 0x20 && code !== 0x0a && code !== 0x09;
  return isControl || code > MAX_CODE_POINT ? '' : String.fromCodePoint(code);
}

/** Where text was left out, the spaces and line ends around it remain. */
function tidied(text: string): string {
  return text.replaceAll(/\s*\n/g, '\n').trim();
}
