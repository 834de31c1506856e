import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest, Http2Session } from 'node:http2';

/** Node reads up to 2 MiB of a connection in one turn of the event loop: 200,000 frames of one byte, or 0.2 s. */
const PIECES_PER_PAUSE = 1_000;

/** Node's internal handle that reads a connection. */
interface ReadHandle {
  readStart(): void;
  readStop(): void;
}

/**
 * Limits how long small pieces of bodies can block the event loop: after every 1,000 pieces it pauses reading the
 * connection of the last one for one turn. All connections share one count, so the client that sends the most pieces
 * is paused most often. Only HTTP/2 needs it: over HTTP/1.1, Node lets the event loop turn after each read.
 */
class PiecePace {
  private pieces = 0;

  /** Counts one handled piece of this request's body. */
  count(request: IncomingMessage | Http2ServerRequest): void {
    this.pieces += 1;
    if (this.pieces < PIECES_PER_PAUSE || !('stream' in request)) return;
    this.pieces = 0;
    pauseForOneTurn(request.stream.session);
  }
}

export const piecePace = new PiecePace();

/**
 * Pauses reading the connection. Pausing only the stream would keep its whole window in memory, with each byte in a
 * buffer of its own. Node offers no other way to pause a connection than the handle of its socket.
 */
function pauseForOneTurn(session: Http2Session | undefined): void {
  const handle = readHandleOf(session);
  if (handle === undefined) return;
  handle.readStop();
  setImmediate(() => readHandleOf(session)?.readStart());
}

function readHandleOf(session: Http2Session | undefined): ReadHandle | undefined {
  // an ended session has no socket, and an ended socket no handle, whatever the typings say
  const socket = session?.socket as { _handle?: ReadHandle | null } | undefined;
  return socket?._handle ?? undefined;
}
