import type { ServerResponse } from 'node:http';

const CR = 0x0d;
const LF = 0x0a;
const LAST_CHUNK = '0\r\n\r\n';

/**
 * Writes a body of unknown length, part by part. Over HTTP/1.1 it makes each part after the first a chunk in one
 * buffer. Node would write three buffers per chunk, which takes a tenth of the time of a streamed token.
 */
export class ChunkedBody {
  private writesChunks = false;

  constructor(private readonly response: ServerResponse) {}

  /** False when the caller should wait for `drain`, as `response.write` returns. */
  write(part: Buffer): boolean {
    // an empty chunk would end the body
    if (part.length === 0) return true;
    if (this.writesChunks) return this.response.write(toChunk(part));
    // Node writes the headers with the first part; after that, `chunkedEncoding` is set
    const isTaken = this.response.write(part);
    this.writesChunks = this.response.chunkedEncoding;
    if (this.writesChunks) this.response.chunkedEncoding = false;
    return isTaken;
  }

  end(): void {
    if (this.writesChunks) this.response.end(LAST_CHUNK);
    else this.response.end();
  }
}

/** `[length in hexadecimal digits]CRLF[part]CRLF` */
function toChunk(part: Buffer): Buffer {
  const size = part.length.toString(16);
  const start = size.length + 2;
  const chunk = Buffer.allocUnsafe(start + part.length + 2);
  for (let index = 0; index < size.length; index += 1) chunk[index] = size.charCodeAt(index);
  chunk[size.length] = CR;
  chunk[size.length + 1] = LF;
  chunk.set(part, start);
  chunk[start + part.length] = CR;
  chunk[start + part.length + 1] = LF;
  return chunk;
}
