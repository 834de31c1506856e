import { ByteAccumulator } from '../streaming/byte-accumulator.js';
import type { PullSink, PullSource } from '../streaming/pull-source.js';
import { type AnswerShare, HeldBytes } from './held-bytes.js';
import { unusable, type UpstreamError } from './upstream.error.js';

const UTF_8 = new TextDecoder();

/** Whether the bytes of a whole body stay counted until the request ends. */
export type Afterwards = 'held' | 'released';

interface Body extends Pick<PullSource<Buffer[]>, 'pull'> {
  readonly share?: AnswerShare;
  destroy(reason: Error): void;
}

/**
 * Reads a body to its end.
 *
 * @throws UpstreamError `unusable`: more than `maxBytes`; `aborted`: no room for them
 */
export function collectBody<Whole>(
  body: Body,
  maxBytes: number,
  afterwards: Afterwards,
  convert: (bytes: ByteAccumulator) => Whole,
): Promise<Whole> {
  return new Promise((resolve, reject) => {
    const bytes = new ByteAccumulator();
    const held = new HeldBytes(body.share);
    const fail = (error: unknown): void => {
      held.set(0);
      reject(error);
    };
    const take = (read: Buffer[]): void => {
      for (const part of read) bytes.push(part);
      const failure = excessOf(bytes.length, maxBytes) ?? held.set(bytes.length);
      if (failure === undefined) return body.pull(sink);
      body.destroy(failure);
      fail(failure);
    };
    const end = (): void => {
      if (afterwards === 'released') held.set(0);
      resolve(convert(bytes));
    };
    const sink: PullSink<Buffer[]> = { next: take, done: end, error: fail };
    body.pull(sink);
  });
}

/** Without a byte order mark. */
export function decodeUtf8(bytes: ByteAccumulator): string {
  const whole = bytes.concat();
  // frees memory before the whole is decoded
  bytes.clear();
  return UTF_8.decode(whole);
}

export function asTheyCame(bytes: ByteAccumulator): readonly Buffer[] {
  return bytes.pieces;
}

function excessOf(bytes: number, maxBytes: number): UpstreamError | undefined {
  return bytes > maxBytes ? unusable(`more than ${maxBytes} bytes`) : undefined;
}
