import { UpstreamError } from '../upstream.error.js';

export interface ServerSentEvent {
  /** `message` unless the stream names another. */
  readonly event: string;
  /** The data lines, joined by LF. */
  readonly data: string;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
const DATA_FIELD = Buffer.from('data:');

/** Of one event with all its lines. A whole tool call may come in one. */
const MAX_EVENT_BYTES = 8 * 1024 * 1024;

/**
 * Bytes of a `text/event-stream`, split anywhere → events, as the HTML standard defines them
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html), with two differences:
 * - a field named `error`, which old llama.cpp servers send, is the data of an event named `error`;
 * - an event that only lacks its blank line when the stream ends is dispatched, not dropped.
 *
 * @throws UpstreamError `unusable`: an event that is larger than `maxEventBytes`.
 */
export class ServerSentEvents {
  /** The beginning of a line whose end has not come yet. */
  #partialLine: Buffer[] = [];
  #isFirstLine = true;
  /** The last byte was a CR: an LF that follows belongs to it. */
  #afterCarriageReturn = false;
  #eventBytes = 0;
  #eventName = '';
  #data: string | undefined;
  #events: ServerSentEvent[] = [];

  constructor(private readonly maxEventBytes = MAX_EVENT_BYTES) {}

  push(bytes: Buffer): ServerSentEvent[] {
    let start = this.#afterCarriageReturn && bytes[0] === LF ? 1 : 0;
    if (bytes.length > 0) this.#afterCarriageReturn = false;
    let lineFeed = bytes.indexOf(LF, start);
    let carriageReturn = bytes.indexOf(CR, start);
    while (lineFeed !== -1 || carriageReturn !== -1) {
      const endsWithCarriageReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
      const end = endsWithCarriageReturn ? carriageReturn : lineFeed;
      this.#endLine(bytes, start, end);
      start = end + 1;
      if (endsWithCarriageReturn && bytes[start] === LF) start += 1;
      else if (endsWithCarriageReturn && start === bytes.length) this.#afterCarriageReturn = true;
      if (lineFeed !== -1 && lineFeed < start) lineFeed = bytes.indexOf(LF, start);
      if (carriageReturn !== -1 && carriageReturn < start) carriageReturn = bytes.indexOf(CR, start);
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
    return this.#takeEvents();
  }

  /** The stream is over: the event that waited for its end, if there is one. */
  end(): ServerSentEvent[] {
    if (this.#partialLine.length > 0) this.#endLine(Buffer.alloc(0), 0, 0);
    this.#dispatch();
    return this.#takeEvents();
  }

  #takeEvents(): ServerSentEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #keep(part: Buffer): void {
    this.#count(part.length);
    this.#partialLine.push(part);
  }

  #endLine(bytes: Buffer, start: number, end: number): void {
    this.#count(end - start);
    if (this.#partialLine.length === 0) {
      this.#readLine(bytes, start, end);
      return;
    }
    this.#partialLine.push(bytes.subarray(start, end));
    const line = Buffer.concat(this.#partialLine);
    this.#partialLine = [];
    this.#readLine(line, 0, line.length);
  }

  #readLine(bytes: Buffer, lineStart: number, end: number): void {
    const start = this.#isFirstLine ? afterByteOrderMark(bytes, lineStart, end) : lineStart;
    this.#isFirstLine = false;
    if (start === end) {
      this.#dispatch();
      return;
    }
    if (bytes[start] === COLON) {
      this.#forgetComment(end - start);
      return;
    }
    if (isDataField(bytes, start, end)) {
      this.#append(valueOf(bytes, start + DATA_FIELD.length, end));
      return;
    }
    this.#readRareField(bytes, start, end);
  }

  #readRareField(bytes: Buffer, start: number, end: number): void {
    const line = bytes.subarray(start, end);
    const colon = line.indexOf(COLON);
    const field = colon === -1 ? line.toString() : line.toString('utf8', 0, colon);
    const value = colon === -1 ? '' : valueOf(line, colon + 1, line.length);
    if (field === 'event') this.#eventName = value;
    if (field === 'error') this.#eventName = 'error';
    if (field === 'data' || field === 'error') this.#append(value);
  }

  #append(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  #dispatch(): void {
    if (this.#data !== undefined)
      this.#events.push({ event: this.#eventName || 'message', data: this.#data });
    this.#eventName = '';
    this.#data = undefined;
    this.#eventBytes = 0;
  }

  /** Comments may come for hours before an event does. */
  #forgetComment(bytes: number): void {
    this.#eventBytes -= bytes;
  }

  #count(bytes: number): void {
    this.#eventBytes += bytes;
    if (this.#eventBytes <= this.maxEventBytes) return;
    throw new UpstreamError('unusable', `an event of the stream is larger than ${this.maxEventBytes} bytes`);
  }
}

function afterByteOrderMark(bytes: Buffer, start: number, end: number): number {
  const markEnd = start + BYTE_ORDER_MARK.length;
  if (markEnd > end) return start;
  return bytes.compare(BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length, start, markEnd) === 0 ? markEnd : start;
}

/** By hand, because a call into `Buffer.compare` for every line costs more than the five comparisons. */
function isDataField(bytes: Buffer, start: number, end: number): boolean {
  return (
    end - start >= DATA_FIELD.length &&
    bytes[start] === DATA_FIELD[0] &&
    bytes[start + 1] === DATA_FIELD[1] &&
    bytes[start + 2] === DATA_FIELD[2] &&
    bytes[start + 3] === DATA_FIELD[3] &&
    bytes[start + 4] === DATA_FIELD[4]
  );
}

/** One space after the colon belongs to the syntax. */
function valueOf(bytes: Buffer, start: number, end: number): string {
  const isSpaced = start < end && bytes[start] === SPACE;
  return bytes.toString('utf8', isSpaced ? start + 1 : start, end);
}
