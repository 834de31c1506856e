import type { IncomingMessage } from 'node:http';
import { constants, type Http2ServerRequest, type ServerHttp2Stream } from 'node:http2';
import { piecePace } from './piece-pace.js';

/** Time for the bytes that a client is sending when it is refused. */
const MAX_DISCARD_MS = 30_000;
/** Shorter bodies of known length are discarded by Node itself, within the time limit of a request. */
const SMALL_BYTES = 1024 * 1024;
/** How often to check whether the end of an answer is sent: Node has no event for it. */
const ANSWER_CHECK_MS = 10;

/**
 * Reads and discards the rest of a body, because a client that is still sending reads a refusal only while the
 * connection is open. After `maxBytes` or half a minute it closes the connection, or over HTTP/2 the stream. Over
 * HTTP/2, the answer to a request that has not ended is followed by a reset.
 */
export function discardBody(request: IncomingMessage | Http2ServerRequest, maxBytes: number): void {
  if (request.complete) return;
  request.on('error', () => undefined);
  if ('stream' in request) {
    // the received bytes must be read: Node resets a stream that was not read
    if (hasEnded(request.stream)) return void request.resume();
    resetAfterAnswer(request.stream);
    return discardUpTo(request, maxBytes, () => request.stream.close(constants.NGHTTP2_CANCEL));
  }
  if (announcedBytes(request) <= Math.min(SMALL_BYTES, maxBytes)) return void request.resume();
  closeAfterBody(request);
  discardUpTo(request, maxBytes, () => request.destroy());
}

/**
 * Node closes the connection of a client that wants no further request as soon as the answer is sent. A client that is
 * still sending would fail then, and not read the answer: only our side is ended, until the body is discarded.
 */
function closeAfterBody(request: IncomingMessage): void {
  const { socket } = request;
  let isAnswered = false;
  socket.destroySoon = () => {
    isAnswered = true;
    socket.end();
  };
  // the connection may serve further requests, and keeps nothing of this one
  request.once('end', () => {
    Reflect.deleteProperty(socket, 'destroySoon');
    if (isAnswered) socket.destroySoon();
  });
}

/** Over HTTP/1.1, by the headers: without either of them there is no body. */
function announcedBytes({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
}

function discardUpTo(
  request: IncomingMessage | Http2ServerRequest,
  maxBytes: number,
  abort: () => void,
): void {
  let discardedBytes = 0;
  const timer = setTimeout(abort, MAX_DISCARD_MS).unref();
  request.once('close', () => clearTimeout(timer));
  request.on('data', (chunk: Buffer) => {
    piecePace.count(request);
    discardedBytes += chunk.length;
    if (discardedBytes > maxBytes) abort();
  });
}

/** Tells the client to stop sending. The stream of a client that has ended its request closes by itself. */
function resetAfterAnswer(stream: ServerHttp2Stream): void {
  stream.once('finish', () => setImmediate(() => resetOnceAnswered(stream)));
}

/** Waits for the end of the answer: clients treat an earlier reset as a failure and drop the answer. */
function resetOnceAnswered(stream: ServerHttp2Stream): void {
  if (stream.closed || stream.destroyed || hasEnded(stream)) return;
  // the last frame of the answer may not be sent yet
  if (stream.state.localClose !== 1) setTimeout(() => resetOnceAnswered(stream), ANSWER_CHECK_MS).unref();
  else stream.close();
}

/** Whether the client has sent all of its request. */
function hasEnded(stream: ServerHttp2Stream): boolean {
  return stream.state.remoteClose === 1;
}
