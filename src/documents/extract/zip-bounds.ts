import { inflateRawSync } from 'node:zlib';
import { Refusal } from './refusal.ts';

/** Fields of a zip file (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), offsets in bytes. */
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const MAX_COMMENT_LENGTH = 65_535;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

const MAX_ENTRIES = 10_000;

interface Entry {
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * Checks that a zip file expands to at most `maxBytes`, before a parser reads it. The sizes that it declares are compared
 * with what is really in it: a bomb may lie.
 * @throws Refusal
 */
export function checkZip(bytes: Uint8Array, maxBytes: number): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readEntries(file);
  const declared = entries.reduce((total, { size }) => total + size, 0);
  if (declared > maxBytes) throw new Refusal(`expands to more than ${maxBytes} bytes`);
  for (const entry of entries) checkEntry(file, entry);
}

function readEntries(file: Buffer): Entry[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw new Refusal(`holds more than ${MAX_ENTRIES} files`);
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Refusal('is a damaged zip file');
    if ((file.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new Refusal('is encrypted');
    entries.push({
      method: file.readUInt16LE(at + 10),
      compressedSize: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += ENTRY_LENGTH + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** The end of the directory stands at the end of the file, before a comment. */
function endOf(file: Buffer): number {
  const last = file.length - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_LENGTH); at -= 1) {
    if (file.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw new Refusal('is a damaged zip file');
}

function checkEntry(file: Buffer, { method, compressedSize, size, offset }: Entry): void {
  if (method === STORED && size === compressedSize) return;
  if (method !== DEFLATED) throw new Refusal('is compressed in an unknown way');
  const start = offset + LOCAL_LENGTH + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  try {
    inflateRawSync(file.subarray(start, start + compressedSize), { maxOutputLength: Math.max(1, size) });
  } catch {
    throw new Refusal('is a damaged zip file, or one that expands to more than it declares');
  }
}
