import type { IncomingMessage } from 'node:http';
import { constants, type Http2ServerRequest, type ServerHttp2Stream } from 'node:http2';
import { piecePace } from './piece-pace.js';

/** Time for what a client has on its way when it is refused. */
const MAX_DISCARD_MS = 30_000;
/** Of a body whose length is known: Node itself reads it away, at most so long as a request may take. */
const SMALL_BYTES = 1024 * 1024;
/** How often it is asked whether the end of an answer is out: nothing tells. */
const ANSWER_CHECK_MS = 10;

/**
 * A body that nobody wants, or no more of it. What still comes is thrown away, for a client in the middle of sending
 * hears a refusal only if the connection holds: up to `maxBytes` and half a minute, then the connection is closed, or
 * over HTTP/2 the stream. There, the answer to a request that has not ended is followed by a reset.
 */
export function discardBody(request: IncomingMessage | Http2ServerRequest, maxBytes: number): void {
  if (request.complete) return;
  request.on('error', () => undefined);
  if ('stream' in request) {
    // what has come must be read all the same: Node resets a stream that nobody has read
    if (hasEnded(request.stream)) return void request.resume();
    resetAfterAnswer(request.stream);
    return discardUpTo(request, maxBytes, () => request.stream.close(constants.NGHTTP2_CANCEL));
  }
  if (bytesToCome(request) <= Math.min(SMALL_BYTES, maxBytes)) return void request.resume();
  discardUpTo(request, maxBytes, () => request.destroy());
}

/** Over HTTP/1.1, as far as the headers tell: without a word of it, there is no body. */
function bytesToCome({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
}

function discardUpTo(
  request: IncomingMessage | Http2ServerRequest,
  maxBytes: number,
  breakOff: () => void,
): void {
  let discardedBytes = 0;
  const timer = setTimeout(breakOff, MAX_DISCARD_MS).unref();
  request.once('close', () => clearTimeout(timer));
  request.on('data', (chunk: Buffer) => {
    piecePace.count(request);
    discardedBytes += chunk.length;
    if (discardedBytes > maxBytes) breakOff();
  });
}

/** So that the client sends no more. Nothing is said to one that has ended its request: its stream ends by itself. */
function resetAfterAnswer(stream: ServerHttp2Stream): void {
  stream.once('finish', () => setImmediate(() => resetOnceAnswered(stream)));
}

/** Clients take a reset before the end of the answer for a failure, and forget the answer. */
function resetOnceAnswered(stream: ServerHttp2Stream): void {
  if (stream.closed || stream.destroyed || hasEnded(stream)) return;
  // the frame that ends the answer may still wait for its turn or for the client
  if (stream.state.localClose !== 1) setTimeout(() => resetOnceAnswered(stream), ANSWER_CHECK_MS).unref();
  else stream.close();
}

/** Whether the client has sent all of its request. */
function hasEnded(stream: ServerHttp2Stream): boolean {
  return stream.state.remoteClose === 1;
}
