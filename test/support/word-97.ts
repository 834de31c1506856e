import { oleOf } from './ole-file.js';

/** A document of Word 97 ([MS-DOC]): its text, the properties of characters and paragraphs, and footnotes. */

interface Run {
  readonly text: string;
  readonly isHidden?: boolean;
}

/** A paragraph, or a row of a table. */
type Part = readonly Run[] | { readonly cells: readonly string[] };

interface Word97 {
  readonly parts: readonly Part[];
  /** Of the marks `FOOTNOTE` in the text, in order. */
  readonly footnotes?: readonly string[];
  readonly isEncrypted?: boolean;
}

/** The mark of a footnote in the text. */
export const FOOTNOTE = '\u0002';

const PARAGRAPH_END = '\r';
const CELL_END = '\u0007';

/** Offsets in the header of the file, and in the stream. */
const MAGIC = 0xa5ec;
const VERSION = 0x00c1;
const IN_1TABLE = 0x0200;
const EXTENDED = 0x1000;
const ENCRYPTED = 0x0100;
const TEXT_START = 0x400;
const PAGE = 512;
/** Word pads both streams to this. */
const MIN_STREAM = 4_096;

/** Property modifiers, with their values: hidden text, a paragraph in a table, the end of a row. */
const VANISH = [0x3c, 0x08, 1];
const IN_TABLE = [0x16, 0x24, 1];
const ROW_END = [0x17, 0x24, 1];

/** A stretch of text with properties of its own. */
interface Stretch {
  readonly text: string;
  readonly modifiers: readonly number[];
}

export function word97({ parts, footnotes = [], isEncrypted = false }: Word97): Buffer {
  const characters = parts.flatMap(charactersOf);
  const paragraphs = parts.flatMap(paragraphsOf);
  const notes = footnotes.map((text) => ({ text: FOOTNOTE + text + PARAGRAPH_END, modifiers: [] }));
  const body = characters.map(({ text }) => text).join('');
  const noteText = notes.map(({ text }) => text).join('') + (notes.length > 0 ? PARAGRAPH_END : '');
  const text = Buffer.from(body + noteText, 'utf16le');
  const characterPage = Math.ceil((TEXT_START + text.length) / PAGE);
  const header = Buffer.alloc(TEXT_START);
  const table = new TableStream(header);
  table.add(0x1a2, pieceTable(body.length + noteText.length));
  const end = TEXT_START + text.length;
  table.add(0xfa, integers(TEXT_START, end, characterPage));
  table.add(0x102, integers(TEXT_START, end, characterPage + 1));
  if (notes.length > 0) addNotes(table, body, notes);
  writeHeader(header, { body, noteText, isEncrypted });
  const pages = [characterFormats([...characters, ...notes]), paragraphFormats([...paragraphs, ...notes])];
  const gap = Buffer.alloc(characterPage * PAGE - end);
  return oleOf({
    '/WordDocument': padded(Buffer.concat([header, text, gap, ...pages])),
    '/1Table': padded(table.bytes),
  });
}

/** Structures of the document, each of which the header refers to. */
class TableStream {
  bytes = Buffer.alloc(0);

  constructor(private readonly header: Buffer) {}

  /** @param reference where the header has the offset and the length of the structure */
  add(reference: number, structure: Buffer): void {
    this.header.writeUInt32LE(this.bytes.length, reference);
    this.header.writeUInt32LE(structure.length, reference + 4);
    this.bytes = Buffer.concat([this.bytes, structure]);
  }
}

function charactersOf(part: Part): Stretch[] {
  if ('cells' in part)
    return [{ text: part.cells.map((cell) => cell + CELL_END).join('') + CELL_END, modifiers: [] }];
  const runs = part.map(({ text, isHidden }) => ({ text, modifiers: isHidden === true ? VANISH : [] }));
  return [...runs, { text: PARAGRAPH_END, modifiers: [] }];
}

function paragraphsOf(part: Part): Stretch[] {
  if (!('cells' in part))
    return [{ text: part.map(({ text }) => text).join('') + PARAGRAPH_END, modifiers: [] }];
  const cells = part.cells.map((cell) => ({ text: cell + CELL_END, modifiers: IN_TABLE }));
  return [...cells, { text: CELL_END, modifiers: [...IN_TABLE, ...ROW_END] }];
}

function writeHeader(
  header: Buffer,
  { body, noteText, isEncrypted }: { body: string; noteText: string; isEncrypted: boolean },
): void {
  header.writeUInt16LE(MAGIC, 0);
  header.writeUInt16LE(VERSION, 2);
  header.writeUInt16LE(IN_1TABLE | EXTENDED | (isEncrypted ? ENCRYPTED : 0), 0xa);
  header.writeUInt32LE(TEXT_START, 0x18);
  // the numbers of 16-bit values, of 32-bit values, and of references
  header.writeUInt16LE(14, 0x20);
  header.writeUInt16LE(22, 0x3e);
  header.writeUInt16LE(93, 0x98);
  header.writeUInt32LE(body.length, 0x4c);
  header.writeUInt32LE(noteText.length, 0x50);
}

/** One piece of UTF-16. */
function pieceTable(length: number): Buffer {
  const piece = Buffer.alloc(8);
  piece.writeUInt32LE(TEXT_START, 2);
  const pieces = Buffer.concat([integers(0, length), piece]);
  return Buffer.concat([Buffer.from([2]), integers(pieces.length), pieces]);
}

function addNotes(table: TableStream, body: string, notes: readonly Stretch[]): void {
  const references = Array.from(body.matchAll(new RegExp(FOOTNOTE, 'g')), ({ index }) => index);
  const numbers = Buffer.concat(references.map(() => Buffer.from([1, 0])));
  table.add(0xaa, Buffer.concat([integers(...references, body.length), numbers]));
  let end = 0;
  const starts = notes.map(({ text }) => (end += text.length) - text.length);
  table.add(0xb2, integers(...starts, end, end + 1));
}

/** The page for the properties of characters: it grows from both ends. */
function characterFormats(stretches: readonly Stretch[]): Buffer {
  const page = Buffer.alloc(PAGE);
  const indexStart = writeBounds(page, stretches);
  let free = PAGE - 1;
  for (const [index, { modifiers }] of stretches.entries()) {
    if (modifiers.length === 0) continue;
    free = even(free - modifiers.length - 1);
    page.set([modifiers.length, ...modifiers], free);
    page.writeUInt8(free / 2, indexStart + index);
  }
  return page;
}

/** As for characters; an entry begins with the number of the style. */
function paragraphFormats(stretches: readonly Stretch[]): Buffer {
  const page = Buffer.alloc(PAGE);
  const indexStart = writeBounds(page, stretches);
  let free = PAGE - 1;
  for (const [index, { modifiers }] of stretches.entries()) {
    const content = [0, 0, ...modifiers];
    const isOdd = content.length % 2 === 1;
    const length = isOdd ? [(content.length + 1) / 2] : [0, content.length / 2];
    free = even(free - content.length - length.length);
    page.set([...length, ...content], free);
    page.writeUInt8(free / 2, indexStart + index * 13);
  }
  return page;
}

/** Where each stretch begins, and the last one ends → the offset behind. */
function writeBounds(page: Buffer, stretches: readonly Stretch[]): number {
  let at = TEXT_START;
  for (const [index, { text }] of stretches.entries()) {
    page.writeUInt32LE(at, index * 4);
    at += text.length * 2;
  }
  page.writeUInt32LE(at, stretches.length * 4);
  page.writeUInt8(stretches.length, PAGE - 1);
  return (stretches.length + 1) * 4;
}

function even(offset: number): number {
  return offset - (offset % 2);
}

function integers(...values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}

function padded(stream: Buffer): Buffer {
  return Buffer.concat([stream, Buffer.alloc(Math.max(0, MIN_STREAM - stream.length))]);
}
