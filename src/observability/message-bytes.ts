import type { IncomingMessage } from 'node:http';
import { ActiveRequest } from '../server/load/active-request.js';

export function bytesOf(contentLength: number | string | string[] | undefined): number | undefined {
  return contentLength === undefined ? undefined : Number(contentLength);
}

/** The announced length or, for a body of unknown length, the number of bytes that arrived. */
export function requestBytesOf(request: IncomingMessage): number | undefined {
  return bytesOf(request.headers['content-length']) ?? (ActiveRequest.receivedBytes(request) || undefined);
}
