import type { ServerResponse } from 'node:http';
import { JsonBytes } from '../streaming/json-bytes.js';
import type { PullSink, PullSource } from '../streaming/pull-source.js';
import { abortResponse } from './abort-response.js';
import { ChunkedBody } from './chunked-body.js';

const LARGE_CHARACTERS = 1024 * 1024;

/** A body that is written as its parts arrive: frames of an event stream. The source turns its failures into frames. */
export class EventStreamReply {
  constructor(
    readonly frames: PullSource<Buffer>,
    readonly contentType: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** JSON with further headers. */
export class JsonReply {
  constructor(
    readonly body: object,
    readonly headers: Readonly<Record<string, string>>,
  ) {}
}

export type Reply = EventStreamReply | JsonReply | object | undefined;

/**
 * Writes an answer: JSON in one piece, or an event stream. Status and headers are set already. The response is
 * aborted when its client reads nothing for `stallTimeoutMs`.
 */
export function reply(response: ServerResponse, body: Reply, stallTimeoutMs: number): void {
  if (body instanceof EventStreamReply) {
    setHeaders(response, body.headers);
    response.setHeader('content-type', body.contentType);
    return new EventStreamWriter(response, body.frames, stallTimeoutMs).start();
  }
  if (body === undefined) return void response.end();
  if (body instanceof JsonReply) {
    setHeaders(response, body.headers);
    return writeJson(response, body.body);
  }
  writeJson(response, body);
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const name in headers) response.setHeader(name, headers[name] ?? '');
}

function writeJson(response: ServerResponse, body: object): void {
  if (body instanceof JsonBytes) return writeParts(response, body.parts);
  const json = toJson(body);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(json));
  response.end(json);
}

/** All parts in one system call, without a copy of megabytes. */
function writeParts(response: ServerResponse, parts: readonly Buffer[]): void {
  response.setHeader('content-type', 'application/json');
  response.setHeader(
    'content-length',
    parts.reduce((bytes, part) => bytes + part.length, 0),
  );
  response.cork();
  for (const part of parts) response.write(part);
  response.end();
}

function toJson(body: object): string | Buffer {
  // Node sends a string with the headers in one write
  const text = JSON.stringify(body);
  // for a string that cannot be sent at once, Node reserves three bytes per character
  return text.length < LARGE_CHARACTERS ? text : Buffer.from(text);
}

/** Writes frames at the client's pace, over either protocol: pulls the next when the last is sent. */
class EventStreamWriter implements PullSink<Buffer> {
  private clientDisconnected = false;
  private isFull = false;
  private stalled?: NodeJS.Timeout;
  private readonly body: ChunkedBody;

  constructor(
    private readonly response: ServerResponse,
    private readonly frames: PullSource<Buffer>,
    private readonly stallTimeoutMs: number,
  ) {
    this.body = new ChunkedBody(response);
  }

  start(): void {
    this.response.on('drain', () => this.resume());
    this.response.once('close', () => {
      this.clientDisconnected = true;
      this.resume();
    });
    this.frames.pull(this);
  }

  next(bytes: Buffer): void {
    if (this.clientDisconnected) {
      this.frames.cancel();
      this.done();
    } else if (this.body.write(bytes)) this.frames.pull(this);
    else this.wait();
  }

  done(): void {
    this.body.end();
  }

  /** A failure without a frame: the client must not take the answer for complete. */
  error(): void {
    abortResponse(this.response);
  }

  private wait(): void {
    this.isFull = true;
    this.stalled = setTimeout(() => abortResponse(this.response), this.stallTimeoutMs);
    // after `close` there is no `drain`
    if (this.clientDisconnected) this.resume();
  }

  private resume(): void {
    if (!this.isFull) return;
    this.isFull = false;
    clearTimeout(this.stalled);
    this.frames.pull(this);
  }
}
