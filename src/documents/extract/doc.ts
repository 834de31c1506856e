import WordExtractor from 'word-extractor';
import type { ExtractedDocument, ExtractionTask } from '../document-formats.ts';
import { eraseHiddenText } from './hidden-word-text.ts';
import { OleFile } from './ole.ts';
import { Refusal } from './refusal.ts';

/** Flags in the header of a Word 97 document ([MS-DOC] 2.5.2), which the library ignores. */
const FLAGS = 0xa;
const ENCRYPTED = 0x0100;
const IN_1TABLE = 0x0200;

/** A Word 97 document → its text, then its footnotes and endnotes. */
export async function docText({ bytes }: ExtractionTask): Promise<ExtractedDocument> {
  const { shown, leavesOutHidden } = withoutHidden(bytes);
  const document = await new WordExtractor().extract(shown);
  const parts = [document.getBody(), document.getFootnotes(), document.getEndnotes()];
  const text = parts.map(tidied).filter(Boolean).join('\n\n');
  return { text, pictures: [], leavesOutHidden, isCut: false };
}

/** A cell of a table ends with a tab, the last one too. */
function tidied(text: string): string {
  return text.replaceAll(/[ \t]+$/gm, '').trim();
}

interface Shown {
  readonly shown: Buffer;
  readonly leavesOutHidden: boolean;
}

function withoutHidden(bytes: Uint8Array): Shown {
  const file = new OleFile(bytes);
  if (file.stream('EncryptedPackage') !== undefined) throw new Refusal('is encrypted');
  const text = file.stream('WordDocument');
  if (text === undefined) throw new Refusal('is not a doc file');
  const flags = text.readUInt16LE(FLAGS);
  if ((flags & ENCRYPTED) !== 0) throw new Refusal('is encrypted');
  const table = file.stream((flags & IN_1TABLE) === 0 ? '0Table' : '1Table');
  const leavesOutHidden = table !== undefined && eraseHiddenText(text, table);
  return { shown: leavesOutHidden ? file.bytes() : Buffer.from(bytes), leavesOutHidden };
}
