import type { Socket } from 'node:net';

/** More bytes than one read returns. */
const CHUNKS_AT_ONCE = 100_000;

/** What follows the last of them. */
export const LAST_CHUNK = '0\r\n\r\n';

/**
 * Sends `body`, which is ASCII, with each byte as a chunk of its own, as fast as the socket accepts them, until
 * the socket closes. The last chunk is not sent.
 */
export async function sendInTinyChunks(socket: Socket, body: string): Promise<void> {
  for (let sent = 0; sent < body.length && !socket.destroyed; sent += CHUNKS_AT_ONCE) {
    const bytes = body.slice(sent, sent + CHUNKS_AT_ONCE);
    if (!socket.write(bytes.replaceAll(/[^]/g, '1\r\n$&\r\n'))) await drained(socket);
  }
}

function drained(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const settle = (): void => {
    socket.off('drain', settle).off('close', settle);
    resolve();
  };
  socket.on('drain', settle).on('close', settle);
  return promise;
}
