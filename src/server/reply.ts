import type { ServerResponse } from 'node:http';
import type { PullSink, PullSource } from '../streaming/pull-source.js';
import { abortResponse } from './abort-response.js';
import { ChunkedBody } from './chunked-body.js';

const LARGE_CHARACTERS = 1024 * 1024;

/** Frames of `application/vnd.amazon.eventstream`, written as they come. The source turns its failures into frames. */
export class EventStreamReply {
  constructor(
    readonly frames: PullSource<Buffer>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** JSON, with headers that say something of it. */
export class JsonReply {
  constructor(
    readonly body: object,
    readonly headers: Readonly<Record<string, string>>,
  ) {}
}

export type Reply = EventStreamReply | JsonReply | object | undefined;

/**
 * Writes an answer: JSON in one piece, or an event stream. Status and headers are set already. A client that
 * reads nothing for `stallTimeoutMs` is left.
 */
export function reply(response: ServerResponse, body: Reply, stallTimeoutMs: number): void {
  if (body instanceof EventStreamReply) {
    setHeaders(response, body.headers);
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
  // as text it leaves with the headers in one write
  const text = JSON.stringify(body);
  // Node would reserve three bytes for each character of a text that its client does not take at once
  const json = text.length < LARGE_CHARACTERS ? text : Buffer.from(text);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(json));
  response.end(json);
}

/** Writes frames at the client's pace, over either protocol: the next are asked for when it has taken the last. */
class EventStreamWriter implements PullSink<Buffer> {
  private clientHasLeft = false;
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
    this.response.setHeader('content-type', 'application/vnd.amazon.eventstream');
    this.response.on('drain', () => this.goOn());
    this.response.once('close', () => {
      this.clientHasLeft = true;
      this.goOn();
    });
    this.frames.pull(this);
  }

  next(bytes: Buffer): void {
    if (this.clientHasLeft) {
      this.frames.cancel();
      this.done();
    } else if (this.body.write(bytes)) this.frames.pull(this);
    else this.wait();
  }

  done(): void {
    this.body.end();
  }

  /** A failure that is not a frame: the client must not take what it has for the whole. */
  error(): void {
    abortResponse(this.response);
  }

  private wait(): void {
    this.isFull = true;
    this.stalled = setTimeout(() => abortResponse(this.response), this.stallTimeoutMs);
    // then it will not tell any more
    if (this.clientHasLeft) this.goOn();
  }

  private goOn(): void {
    if (!this.isFull) return;
    this.isFull = false;
    clearTimeout(this.stalled);
    this.frames.pull(this);
  }
}
