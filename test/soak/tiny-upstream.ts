import { createServer, type Socket } from 'node:net';
import { LAST_CHUNK, sendInTinyChunks } from '../support/tiny-chunks.ts';
import { LocalUpstream } from './local-upstream.ts';

/** The answer to every call. */
export interface TinyAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** An OpenAI-compatible server that sends each byte of its answer as a chunk of its own. */
export class TinyUpstream extends LocalUpstream {
  constructor(answer: TinyAnswer) {
    super(createServer((socket) => answerOnce(socket, answer)));
  }
}

/** Answers one call per connection: further data is the rest of its request. */
function answerOnce(socket: Socket, { contentType, body }: TinyAnswer): void {
  socket.once('data', () => {
    socket.resume();
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ntransfer-encoding: chunked\r\n\r\n`);
    void sendInTinyChunks(socket, body).then(() => socket.write(LAST_CHUNK));
  });
}
