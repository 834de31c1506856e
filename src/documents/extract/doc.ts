import WordExtractor from 'word-extractor';
import type { ExtractedDocument, ExtractionTask } from '../document-formats.ts';
import { Refusal } from './refusal.ts';

/** The flag in the header of a Word 97 document that says that it is encrypted. */
const ENCRYPTED = /encrypted|password/i;

/** A Word 97 document → its text, then its footnotes and endnotes. */
export async function docText({ bytes }: ExtractionTask): Promise<ExtractedDocument> {
  const document = await read(bytes);
  const notes = [document.getFootnotes(), document.getEndnotes()].filter((text) => text.trim() !== '');
  const text = [document.getBody(), ...notes].join('\n\n');
  return { text, pictures: [], leavesOutHidden: false, isCut: false };
}

async function read(bytes: Uint8Array): ReturnType<WordExtractor['extract']> {
  try {
    return await new WordExtractor().extract(Buffer.from(bytes));
  } catch (error) {
    if (error instanceof Error && ENCRYPTED.test(error.message)) throw new Refusal('is encrypted');
    throw error;
  }
}
