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

/** Encoded bytes that wait for the decoder at which the upstream is no longer read. */
const PAUSE_AT_BYTES = 64 * 1024;

/** Answers shrink to a tenth, rarely to a thirtieth. What grows more, and to more than this, is made to hurt. */
const MAX_GROWTH = 100;
const MAX_GROWN_BYTES = 64 * 1024 * 1024;

/** A server may leave out the end of the encoding: whether the answer is whole is seen by its content. */
const TOLERANT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

/** 8 MB, the largest window that RFC 9659 allows in a content encoding. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/** The low half of the first byte of zlib's format; some servers send the bare stream. */
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

/** Whether a content encoding can be decoded here. */
export function isDecodable(encoding: string): boolean {
  return DECODERS.has(encoding);
}

/**
 * The encoded bytes of an answer → its body, decoded as they come: what a server has flushed is read at once. The
 * body counts decoded bytes; here at most some 64 kB wait on either side of the decoder.
 */
export class ContentDecoder implements BodyInput {
  readonly body: ResponseBody;
  #decoder: Transform | undefined;
  /** Joined while the decoder works: a server may send each byte as a part of its own. */
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

  /** What came before is still decoded. */
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
    this.#decoder.write(bytes, this.#goOn);
  }

  /** The decoder has read what it was given, and its reader has had all that came of it. */
  readonly #goOn = (): void => {
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
      .on('data', (bytes: Buffer) => this.#pass(bytes))
      .on('end', () => this.#endBody())
      .on('error', ({ message }) => this.#giveUp(`that cannot be decoded: ${message}`));
  }

  #pass(bytes: Buffer): void {
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

  /** After its end the connection may already serve the next call. */
  #abort(reason: Error): void {
    this.#decoder?.destroy();
    if (!this.#hasEnded) this.connection.abort(reason);
  }
}
