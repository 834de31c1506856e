import { crc32 } from 'node:zlib';

/** Both preludes: total length, length of the headers, checksum of the two. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const STRING_HEADER = 7;
/** Payloads below this share their prefixes: all but the largest pieces of text. */
const CACHED_PAYLOAD_BYTES = 1_024;

/** What stands before a payload, and the checksum of it that the payload's continues. */
interface Prefix {
  readonly bytes: Buffer;
  readonly checksum: number;
}

/**
 * The frames that differ in their payload only: `[total][headers' length][checksum][headers]`, then the payload,
 * then the checksum of all. Integers are big-endian.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */
export class MessagePrefix {
  /** Bytes of a frame beside its payload. */
  readonly overheadBytes: number;
  readonly #headers: Buffer;
  readonly #byPayloadBytes: (Prefix | undefined)[] = [];

  constructor(headers: readonly (readonly [name: string, value: string])[]) {
    this.#headers = Buffer.concat(headers.map(([name, value]) => stringHeader(name, value)));
    this.overheadBytes = PRELUDE_BYTES + this.#headers.length + CHECKSUM_BYTES;
  }

  /** Writes one frame at the offset and gives the offset behind it. */
  write(frame: Buffer, offset: number, payload: string, payloadBytes: number): number {
    const prefix = this.#prefix(payloadBytes);
    frame.set(prefix.bytes, offset);
    const start = offset + prefix.bytes.length;
    const end = start + frame.write(payload, start, payloadBytes);
    return frame.writeUInt32BE(crc32(frame.subarray(start, end), prefix.checksum), end);
  }

  #prefix(payloadBytes: number): Prefix {
    if (payloadBytes >= CACHED_PAYLOAD_BYTES) return this.#build(payloadBytes);
    return (this.#byPayloadBytes[payloadBytes] ??= this.#build(payloadBytes));
  }

  #build(payloadBytes: number): Prefix {
    const bytes = Buffer.alloc(PRELUDE_BYTES + this.#headers.length);
    bytes.writeUInt32BE(this.overheadBytes + payloadBytes, 0);
    bytes.writeUInt32BE(this.#headers.length, 4);
    bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
    this.#headers.copy(bytes, PRELUDE_BYTES);
    return { bytes, checksum: crc32(bytes) };
  }
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
