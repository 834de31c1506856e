import JSZip from 'jszip';
import mammoth from 'mammoth';
import type { ExtractedDocument, ExtractionTask } from '../document-formats.ts';
import { withoutHiddenRuns } from './hidden-runs.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { Refusal } from './refusal.ts';
import { WordStyles } from './word-styles.ts';
import { checkZip } from './zip-bounds.ts';

const BODY = 'word/document.xml';
/** Parts with text, and those with styles: a package may give them any name. */
const PART = /\.xml$/;
/** In every part that hides text, or has a style that does. */
const HIDES = 'vanish';

/** A docx → Markdown: headings, lists, tables, footnotes; pictures are left out. */
export async function docxText({ bytes, limits }: ExtractionTask): Promise<ExtractedDocument> {
  checkZip(bytes, limits.maxExpandedBytes);
  const zip = await JSZip.loadAsync(bytes);
  if (zip.file(BODY) === null) throw new Refusal('is not a docx file');
  const leavesOutHidden = await leaveOutHidden(zip);
  const buffer = leavesOutHidden ? await zip.generateAsync({ type: 'nodebuffer' }) : Buffer.from(bytes);
  const { value } = await mammoth.convertToHtml(
    { buffer },
    {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      externalFileAccess: false,
    },
  );
  return { text: htmlToMarkdown(value), pictures: [], leavesOutHidden, isCut: false };
}

/** Whether there was any hidden text. */
async function leaveOutHidden(zip: JSZip): Promise<boolean> {
  const files = zip.file(PART);
  const parts = await Promise.all(files.map((file) => file.async('string')));
  if (!parts.some((xml) => xml.includes(HIDES))) return false;
  const styles = new WordStyles(parts.filter((xml) => xml.includes(HIDES)));
  let leavesOutHidden = false;
  for (const [index, { name }] of files.entries()) {
    const shown = withoutHiddenRuns(parts[index] ?? '', styles);
    if (!shown.leavesOutHidden) continue;
    zip.file(name, shown.xml);
    leavesOutHidden = true;
  }
  return leavesOutHidden;
}
