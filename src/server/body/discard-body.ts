import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';

/** Time for what a client has on its way when it is refused. */
const MAX_DISCARD_MS = 30_000;
/** Of a body whose length is known: Node itself reads it away, at most so long as a request may take. */
const SMALL_BYTES = 1024 * 1024;

/**
 * A body that nobody wants, or no more of it. Over HTTP/1.1 what still comes is thrown away, for a client in the middle
 * of sending hears a refusal only if the connection holds: up to `maxBytes` and half a minute, then it is closed. Over
 * HTTP/2 the end of the answer resets the stream.
 */
export function discardBody(request: IncomingMessage | Http2ServerRequest, maxBytes: number): void {
  if (request.complete) return;
  if ('stream' in request) return resetAfterAnswer(request);
  request.on('error', () => undefined);
  if (Number(request.headers['content-length']) <= Math.min(SMALL_BYTES, maxBytes)) {
    request.resume();
    return;
  }
  let discardedBytes = 0;
  const timer = setTimeout(() => request.destroy(), MAX_DISCARD_MS).unref();
  request.once('close', () => clearTimeout(timer));
  request.on('data', (chunk: Buffer) => {
    discardedBytes += chunk.length;
    if (discardedBytes > maxBytes) request.destroy();
  });
}

/** Node does it by itself only where nothing was read. */
function resetAfterAnswer({ stream }: Http2ServerRequest): void {
  stream.once('finish', () => setImmediate(() => stream.close()));
}
