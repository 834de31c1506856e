import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest, Http2Session } from 'node:http2';

/** Node reads up to 2 MiB of a connection in one turn of the event loop: 200,000 frames of one byte, or 0.2 s. */
const PIECES_A_TURN = 1_000;

/** What Node reads a connection with. */
interface ReadHandle {
  readStart(): void;
  readStop(): void;
}

/**
 * Bounds for how long the pieces of bodies hold the event loop, however small they are. One count for all: whoever
 * sends the most pieces is stopped most often, each time for one turn. Only HTTP/2 needs it: over HTTP/1.1, Node
 * itself lets the event loop turn after each read.
 */
class PiecePace {
  private pieces = 0;

  /** One more piece of this request's body was handled. */
  count(request: IncomingMessage | Http2ServerRequest): void {
    this.pieces += 1;
    if (this.pieces < PIECES_A_TURN || !('stream' in request)) return;
    this.pieces = 0;
    pauseForOneTurn(request.stream.session);
  }
}

export const piecePace = new PiecePace();

/**
 * A paused stream would keep in memory what its window allows, each byte in a buffer of its own. So the connection
 * is not read meanwhile; Node has no other way to say so than the handle of its socket.
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
