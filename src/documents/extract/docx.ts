import JSZip from 'jszip';
import mammoth from 'mammoth';
import type { ExtractedDocument, ExtractionTask } from '../document-formats.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { Refusal } from './refusal.ts';
import { checkZip } from './zip-bounds.ts';

const BODY = 'word/document.xml';
/** A run of text; runs hold no other runs, except in a text box. */
const RUN = /<w:r(?:\s[^<>]*)?>(?:(?!<w:r[\s>])[\s\S])*?<\/w:r>/g;
const HIDDEN = /<w:(?:vanish|webHidden)(?:\s*\/>|\s+w:val="(?:1|true|on)"\s*\/>)/;

/** A docx → Markdown: headings, lists, tables, footnotes; pictures are left out. */
export async function docxText({ bytes, limits }: ExtractionTask): Promise<ExtractedDocument> {
  checkZip(bytes, limits.maxExpandedBytes);
  const zip = await JSZip.loadAsync(bytes);
  const body = await zip.file(BODY)?.async('string');
  if (body === undefined) throw new Refusal('is not a docx file');
  const shown = body.replaceAll(RUN, (run) => (HIDDEN.test(run) ? '' : run));
  const leavesOutHidden = shown.length < body.length;
  if (leavesOutHidden) zip.file(BODY, shown);
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
