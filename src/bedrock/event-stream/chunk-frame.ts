import { CHUNK_PAYLOAD } from './chunk-payload.js';
import { FrameTemplate } from './frame-template.js';
import type { Message } from './message.js';
import { PieceChunk } from './piece-template.js';

const CHUNK = new FrameTemplate(CHUNK_PAYLOAD.headers, CHUNK_PAYLOAD.opening, CHUNK_PAYLOAD.closing);

/** A chunk of InvokeModelWithResponseStream → its message. */
export function chunkToMessage(chunk: object): Message {
  if (chunk instanceof PieceChunk) return chunk.template.toMessage(chunk.piece);
  const text = toBase64(JSON.stringify(chunk));
  return { template: CHUNK, text, textBytes: text.length };
}

/** `btoa` takes a third of the time of a Buffer, but only knows bytes: for other text than ASCII it is wrong. */
function toBase64(json: string): string {
  return Buffer.byteLength(json) === json.length ? btoa(json) : Buffer.from(json).toString('base64');
}
