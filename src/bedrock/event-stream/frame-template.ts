import { crc32 } from 'node:zlib';
import { extendChecksum } from './checksum.js';

/** Total length, headers length, and the checksum of both. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const STRING_HEADER = 7;
/** Prefixes are cached for texts shorter than this, which covers nearly all pieces. */
const CACHED_TEXT_BYTES = 512;
/** Up to this length a loop is faster than a native call. */
const SHORT_TEXT_BYTES = 64;

export type FrameHeaders = readonly (readonly [name: string, value: string])[];

export function eventHeaders(type: string): FrameHeaders {
  return frameHeaders('event', type);
}

export function exceptionHeaders(type: string): FrameHeaders {
  return frameHeaders('exception', type);
}

/** In the order in which Bedrock sends them. */
function frameHeaders(kind: 'event' | 'exception', type: string): FrameHeaders {
  return [
    [`:${kind}-type`, type],
    [':content-type', 'application/json'],
    [':message-type', kind],
  ];
}

/** The bytes before a text, and their checksum, which the text continues. */
interface Prefix {
  readonly bytes: Buffer;
  readonly checksum: number;
}

/**
 * Writes frames that differ only in one text of their payload. A frame is
 * `[total length][headers length][checksum of both][headers][payload][checksum of all]`, with big-endian integers. The
 * payload is the text between a fixed opening and a fixed closing.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */
export class FrameTemplate {
  /** Bytes of a frame without its text. */
  readonly overheadBytes: number;
  readonly #headers: Buffer;
  readonly #opening: Buffer;
  readonly #closing: Buffer;
  readonly #byTextBytes: (Prefix | undefined)[] = [];

  constructor(headers: FrameHeaders, opening = '', closing = '') {
    this.#headers = Buffer.concat(headers.map(([name, value]) => stringHeader(name, value)));
    this.#opening = Buffer.from(opening);
    this.#closing = Buffer.from(closing);
    this.overheadBytes =
      PRELUDE_BYTES + this.#headers.length + this.#opening.length + this.#closing.length + CHECKSUM_BYTES;
  }

  /** Writes one frame at `offset` and returns the offset after it. `textBytes` is the length of the text in UTF-8. */
  write(frame: Buffer, offset: number, text: string, textBytes: number): number {
    const prefix = this.prefix(textBytes);
    frame.set(prefix.bytes, offset);
    const start = offset + prefix.bytes.length;
    const end = start + textBytes;
    const isAscii = textBytes === text.length;
    const isShortAscii = isAscii && textBytes <= SHORT_TEXT_BYTES;
    if (isShortAscii) writeAscii(frame, start, text);
    else frame.write(text, start, textBytes, isAscii ? 'latin1' : 'utf8');
    const checksum = isShortAscii
      ? extendChecksum(prefix.checksum, frame, start, end)
      : crc32(frame.subarray(start, end), prefix.checksum);
    return this.close(frame, end, checksum);
  }

  /** Writes what follows a text that ends at `start`, and returns the offset after the frame. */
  close(frame: Buffer, start: number, checksum: number): number {
    const closing = this.#closing;
    const end = start + closing.length;
    for (let index = 0; index < closing.length; index += 1) frame[start + index] = closing[index] ?? 0;
    return frame.writeUInt32BE(extendChecksum(checksum, frame, start, end), end);
  }

  /** What precedes a text of so many bytes. */
  prefix(textBytes: number): Prefix {
    if (textBytes >= CACHED_TEXT_BYTES) return this.#build(textBytes);
    return (this.#byTextBytes[textBytes] ??= this.#build(textBytes));
  }

  #build(textBytes: number): Prefix {
    const prelude = Buffer.alloc(PRELUDE_BYTES);
    prelude.writeUInt32BE(this.overheadBytes + textBytes, 0);
    prelude.writeUInt32BE(this.#headers.length, 4);
    prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
    const bytes = Buffer.concat([prelude, this.#headers, this.#opening]);
    return { bytes, checksum: crc32(bytes) };
  }
}

function writeAscii(bytes: Buffer, offset: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) bytes[offset + index] = text.charCodeAt(index);
}

/** `[length of the name: 1][name][type: 1][length of the value: 2][value]` */
function stringHeader(name: string, value: string): Buffer {
  const valueBytes = Buffer.byteLength(value);
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([STRING_HEADER, valueBytes >> 8, valueBytes & 0xff]),
    Buffer.from(value),
  ]);
}
