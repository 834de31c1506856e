import { addAbortSignal, Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { ByteAccumulator } from '../streaming/byte-accumulator.js';
import type { ObjectBudget } from './object-budget.js';
import { unreadable } from './read-failure.js';

/**
 * The answer of the store → the object in base64. Its bytes are counted as they arrive.
 * @throws ValidationException when the object is empty, or larger than the budget; the error of the stream; the reason of
 *   the signal
 */
export async function readObject(
  { Body: body, ContentLength: announced = 0 }: GetObjectCommandOutput,
  {
    path,
    budget,
    signal,
  }: { readonly path: string; readonly budget: ObjectBudget; readonly signal: AbortSignal },
): Promise<string> {
  if (!(body instanceof Readable)) throw new Error('The answer of the object store has no body');
  addAbortSignal(signal, body);
  const object = new ByteAccumulator();
  const share = budget.share(path);
  share.assertRoomFor(announced);
  // a stream without an encoding gives Buffers
  for await (const chunk of body as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    share.add(chunk.length);
    object.push(chunk);
  }
  if (object.length === 0) throw unreadable(path, 'the object is empty.');
  return object.concat().toString('base64');
}
