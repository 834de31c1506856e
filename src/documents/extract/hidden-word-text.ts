/** Offsets in the header of a Word 97 file ([MS-DOC] 2.5), in bytes. */
const CHARACTER_FORMATS = 0xfa;
/** Pages of properties, whose last byte is the number of stretches of text. */
const PAGE = 512;
/** The property by which text is hidden, and its values: on, and other than in the style, where it is rarely on. */
const VANISH = 0x083c;
const ON: ReadonlySet<number> = new Set([1, 0x81]);
/** Bytes of a value, by the upper three bits of a property. Of 6 the first byte is the length. */
const VALUE_BYTES = [1, 1, 2, 4, 2, 2, 0, 3];
const OF_ANY_LENGTH = 6;

/**
 * Overwrites what is hidden in the text of a Word 97 file with characters that count as none.
 * @param text the stream with the text
 * @param table the stream with the structures
 * @returns whether anything was hidden
 */
export function eraseHiddenText(text: Buffer, table: Buffer): boolean {
  // all are found before any is erased: a file may claim that its properties lie in its text
  const hidden = formatPages(text, table).flatMap(hiddenIn);
  for (const [start, end] of hidden) text.fill(0, start, end);
  return hidden.length > 0;
}

/** Of a stretch of text, in bytes. */
type Range = readonly [start: number, end: number];

function formatPages(text: Buffer, table: Buffer): Buffer[] {
  const start = text.readUInt32LE(CHARACTER_FORMATS);
  const length = text.readUInt32LE(CHARACTER_FORMATS + 4);
  const count = Math.max(0, Math.floor((length - 4) / 8));
  return Array.from({ length: Math.min(count, table.length) }, (_, index) => {
    const number = table.readUInt32LE(start + (count + 1) * 4 + index * 4);
    return text.subarray(number * PAGE, (number + 1) * PAGE);
  });
}

function hiddenIn(page: Buffer): Range[] {
  const count = page.readUInt8(PAGE - 1);
  const ranges = Array.from({ length: count }, (_, index): Range | undefined => {
    const offset = page.readUInt8((count + 1) * 4 + index) * 2;
    if (offset === 0 || !isHidden(page.subarray(offset + 1, offset + 1 + page.readUInt8(offset)))) return;
    return [page.readUInt32LE(index * 4), page.readUInt32LE((index + 1) * 4)];
  });
  return ranges.filter((range) => range !== undefined);
}

function isHidden(properties: Buffer): boolean {
  let isOn = false;
  for (let at = 0; at + 2 < properties.length;) {
    const property = properties.readUInt16LE(at);
    if (property === VANISH) isOn = ON.has(properties.readUInt8(at + 2));
    const kind = property >> 13;
    at += 2 + (kind === OF_ANY_LENGTH ? properties.readUInt8(at + 2) + 1 : (VALUE_BYTES[kind] ?? 1));
  }
  return isOn;
}
