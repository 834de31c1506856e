import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { rc4 } from './rc4.js';

/** A PDF, written object by object. */

/** An object: its text, and the bytes of its stream if it is one. */
export type PdfObject = string | { readonly dictionary: string; readonly stream: Buffer };

/** A stream of text, such as the content of a page or a table of characters. */
export function streamOf(text: string, dictionary = ''): PdfObject {
  return { dictionary, stream: Buffer.from(text, 'latin1') };
}

/** Pixels of a picture. */
const WIDTH = 60;
const HEIGHT = 80;

/** A picture of one colour. */
export function pictureOf(colour: readonly [red: number, green: number, blue: number]): PdfObject {
  return {
    dictionary: `/Type /XObject /Subtype /Image /Width ${WIDTH} /Height ${HEIGHT} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode`,
    stream: deflateSync(Buffer.alloc(WIDTH * HEIGHT * 3, Buffer.from(colour))),
  };
}

/** Objects, of which the first is the catalogue → a PDF, encrypted if there is a password. */
export function pdfOf(objects: readonly PdfObject[], password?: string): Buffer {
  const key = password === undefined ? undefined : fileKey(password);
  const written = objects.map((object, index) => bytesOf(object, index + 1, key));
  if (key !== undefined) written.push(encryptionDictionary(key));
  const parts = [Buffer.from('%PDF-1.4\n')];
  let start = parts[0]?.length ?? 0;
  const offsets = written.map((object, index) => {
    const offset = start;
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(part);
    start += part.length;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const encrypt = key === undefined ? '' : ` /Encrypt ${written.length} 0 R`;
  const trailer = `<< /Size ${written.length + 1} /Root 1 0 R /ID [${hex(FILE_ID)} ${hex(FILE_ID)}]${encrypt} >>`;
  const table = `xref\n0 ${written.length + 1}\n0000000000 65535 f \n${entries}`;
  return Buffer.concat([...parts, Buffer.from(`${table}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`)]);
}

function bytesOf(object: PdfObject, number: number, key: Buffer | undefined): Buffer {
  if (typeof object === 'string') return Buffer.from(object, 'latin1');
  const { dictionary, stream } = object;
  const content = key === undefined ? stream : rc4(objectKey(key, number), stream);
  const start = `<< ${dictionary} /Length ${content.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(start, 'latin1'), content, Buffer.from('\nendstream')]);
}

/** The standard security handler, revision 3, with RC4 and 128 bits (ISO 32000-1, 7.6.3). The strings are not encrypted: there are none. */
const FILE_ID = Buffer.from('0123456789abcdef');
const PERMISSIONS = -4;
const KEY_BYTES = 16;
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const ROUNDS = 50;
const PASSES = 20;

const md5 = (...parts: readonly Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;
const padded = (password: string): Buffer =>
  Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, PADDING.length);

/** RC4 twenty times, each with another key. */
function passes(key: Buffer, bytes: Buffer): Buffer {
  let result = bytes;
  for (let pass = 0; pass < PASSES; pass += 1)
    result = rc4(Buffer.from(key.map((byte) => byte ^ pass)), result);
  return result;
}

/** The owner has a password that nobody knows. */
function ownerEntry(): Buffer {
  let key = md5(padded('owner'));
  for (let round = 0; round < ROUNDS; round += 1) key = md5(key);
  return passes(key, padded('user'));
}

function fileKey(password: string): Buffer {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(PERMISSIONS);
  let key = md5(padded(password), ownerEntry(), permissions, FILE_ID);
  for (let round = 0; round < ROUNDS; round += 1) key = md5(key.subarray(0, KEY_BYTES));
  return key;
}

function objectKey(key: Buffer, number: number): Buffer {
  return md5(key, Buffer.from([number & 0xff, number >> 8, 0, 0, 0]));
}

function encryptionDictionary(key: Buffer): Buffer {
  const user = Buffer.concat([passes(key, md5(PADDING, FILE_ID)), Buffer.alloc(16)]);
  return Buffer.from(
    `<< /Filter /Standard /V 2 /R 3 /Length 128 /P ${PERMISSIONS} /O ${hex(ownerEntry())} /U ${hex(user)} >>`,
  );
}
