import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { ByteAccumulator } from '../streaming/byte-accumulator.js';
import type { AnswerShare } from './held-bytes.js';
import { type BodyInput, type BodyConnection, ResponseBody } from './response-body.js';
import { unusable } from './upstream.error.js';

/** The upstream is not read while this many encoded bytes wait for the decoder. */
const PAUSE_AT_BYTES = 64 * 1024;

/** JSON is compressed to a tenth, rarely to a thirtieth. A body beyond both limits is a decompression bomb. */
const MAX_GROWTH = 100;
const MAX_GROWN_BYTES = 64 * 1024 * 1024;

/** Accepts a body without the end of its encoding, because the content shows whether the answer is complete. */
const TOLERANT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

/** 8 MB, the largest window that RFC 9659 allows in a content encoding. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/** The low half of the first byte of the zlib format. Some servers send raw deflate data without it. */
const ZLIB_METHOD = 0x08;

const DECODERS: ReadonlyMap<string, (firstByte: number) => Transform> = new Map<
  string,
  (firstByte: number) => Transform
>([
  ['gzip', () => createGunzip(TOLERANT)],
  ['x-gzip', () => createGunzip(TOLERANT)],
  [
    'deflate',
    (byte) => ((byte & 0x0f) === ZLIB_METHOD ? createInflate(TOLERANT) : createInflateRaw(TOLERANT)),
  ],
  ['br', () => createBrotliDecompress()],
  ['zstd', () => createZstdDecompress(ZSTD)],
]);

/** Whether there is a decoder for a content encoding. */
export function isDecodable(encoding: string): boolean {
  return DECODERS.has(encoding);
}

/**
 * The encoded bytes of an answer → its decoded body. Data that a server has flushed can be read at once. The body counts
 * the decoded bytes; about 64 kB at most wait before the decoder, and as many after it.
 */
export class ContentDecoder implements BodyInput {
  readonly body: ResponseBody;
  #decoder: Transform | undefined;
  /** Bytes that came while the decoder was busy; a server may send each byte as a part of its own. */
  readonly #waiting = new ByteAccumulator();
  #isPaused = false;
  #isDecoding = false;
  #hasEnded = false;
  #failure: unknown;
  #encodedBytes = 0;
  #decodedBytes = 0;

  constructor(
    private readonly connection: BodyConnection,
    private readonly encoding: string,
    share?: AnswerShare,
  ) {
    const decoding: BodyConnection = {
      abort: (reason) => this.#abort(reason),
      pause: () => this.#decoder?.pause(),
      resume: () => this.#decoder?.resume(),
    };
    this.body = new ResponseBody(decoding, share);
  }

  push(bytes: Buffer): void {
    this.#encodedBytes += bytes.length;
    this.#waiting.push(bytes);
    this.#decode();
    if (this.#waiting.length < PAUSE_AT_BYTES || this.#isPaused) return;
    this.#isPaused = true;
    this.connection.pause();
  }

  end(): void {
    this.#hasEnded = true;
    this.#decode();
  }

  /** The bytes that came before the failure are still decoded. */
  fail(reason: unknown): void {
    this.#failure = reason;
    this.end();
  }

  #decode(): void {
    if (this.#isDecoding) return;
    if (this.#waiting.length === 0) return this.#endIfEnded();
    const bytes = this.#waiting.concat();
    this.#waiting.clear();
    this.#decoder ??= this.#createDecoder(bytes[0] ?? 0);
    this.#isDecoding = true;
    this.#decoder.write(bytes, this.#continue);
  }

  /** Called when the decoder has read its input and the body has taken the output. */
  readonly #continue = (): void => {
    this.#isDecoding = false;
    this.#decode();
    if (!this.#isPaused || this.#hasEnded) return;
    this.#isPaused = false;
    this.connection.resume();
  };

  #endIfEnded(): void {
    if (!this.#hasEnded) return;
    if (this.#decoder === undefined) this.#endBody();
    else this.#decoder.end();
  }

  #createDecoder(firstByte: number): Transform {
    const create = DECODERS.get(this.encoding);
    if (create === undefined) throw new Error(`No decoder of ${this.encoding}`);
    return create(firstByte)
      .on('data', (bytes: Buffer) => this.#passOn(bytes))
      .on('end', () => this.#endBody())
      .on('error', ({ message }) => this.#giveUp(`that cannot be decoded: ${message}`));
  }

  #passOn(bytes: Buffer): void {
    this.#decodedBytes += bytes.length;
    const isBomb =
      this.#decodedBytes > MAX_GROWN_BYTES && this.#decodedBytes > MAX_GROWTH * this.#encodedBytes;
    if (isBomb) this.#giveUp(`that grows more than ${MAX_GROWTH} times`);
    else this.body.push(bytes);
  }

  #giveUp(why: string): void {
    this.body.destroy(unusable(`content-encoding ${this.encoding} ${why}`));
  }

  #endBody(): void {
    if (this.#failure === undefined) this.body.end();
    else this.body.fail(this.#failure);
  }

  /** After the end of the answer the connection may already serve another call, so it is not closed then. */
  #abort(reason: Error): void {
    this.#decoder?.destroy();
    if (!this.#hasEnded) this.connection.abort(reason);
  }
}
