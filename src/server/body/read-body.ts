import type { IncomingMessage } from 'node:http';
import { ValidationException } from '../../bedrock/bedrock.exception.js';

const reads = new WeakMap<IncomingMessage, Promise<Buffer>>();

/**
 * The body of a request, whatever its content type, read once however often it is asked for.
 * @throws ValidationException when it is larger than `maxBytes`, compressed, or cut off
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  let read = reads.get(request);
  if (read === undefined) {
    read = collect(request, maxBytes);
    reads.set(request, read);
  }
  return read;
}

async function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new ValidationException('A compressed request body is not supported');
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) return void chunks.push(chunk);
      chunks.length = 0;
      // what still comes is read and thrown away, so that the client hears the refusal
      reject(tooLarge(maxBytes));
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => reject(cutOff()));
    request.once('aborted', () => reject(cutOff()));
  });
}

function tooLarge(maxBytes: number): ValidationException {
  return new ValidationException(`The request body is larger than ${maxBytes} bytes`);
}

function cutOff(): ValidationException {
  return new ValidationException('The request body ended early');
}
