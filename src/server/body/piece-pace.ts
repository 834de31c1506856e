import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';

/**
 * Node reads up to 2 MiB of a connection in one turn of the event loop: 350,000 chunks of one byte over HTTP/1.1,
 * which take 0.5 s, or 200,000 frames of one byte over HTTP/2.
 */
const PIECES_PER_PAUSE = 1_000;

/** Node's internal handle that reads a connection. */
interface ReadHandle {
  /** False when Node itself has stopped reading. */
  readonly reading?: boolean;
  readStart(): void;
  readStop(): void;
}

type AnyRequest = IncomingMessage | Http2ServerRequest;

/**
 * Limits how long small pieces of bodies can block the event loop: after every 1,000 pieces it pauses reading the
 * connection of the last one for one turn. All connections share one count, so the client that sends the most pieces
 * is paused most often.
 */
class PiecePace {
  private pieces = 0;

  /** Counts one handled piece of this request's body. */
  count(request: AnyRequest): void {
    this.pieces += 1;
    if (this.pieces < PIECES_PER_PAUSE) return;
    this.pieces = 0;
    pauseForOneTurn(request);
  }
}

export const piecePace = new PiecePace();

/**
 * Pauses reading the connection at the handle of its socket, because no documented way works: a request over HTTP/1.1
 * resumes its paused socket by itself, and a paused stream of HTTP/2 would keep its whole window in memory, with each
 * byte in a buffer of its own.
 */
function pauseForOneTurn(request: AnyRequest): void {
  const handle = readHandleOf(request);
  if (handle === undefined || handle.reading === false) return;
  handle.readStop();
  setImmediate(() => {
    const after = readHandleOf(request);
    if (after?.reading !== false) after?.readStart();
  });
}

function readHandleOf(request: AnyRequest): ReadHandle | undefined {
  const socket: unknown = 'stream' in request ? request.stream.session?.socket : request.socket;
  // an ended session has no socket, and an ended socket has no handle
  return (socket as { _handle?: ReadHandle | null } | undefined)?._handle ?? undefined;
}
