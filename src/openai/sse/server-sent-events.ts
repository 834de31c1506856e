import { ByteAccumulator } from '../../streaming/byte-accumulator.js';
import { unusable } from '../upstream.error.js';

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
const BYTE_ORDER_MARK = 0xfeff;
const DATA_FIELD = 'data:';

/** All lines of one event. A whole tool call may be one event. */
const MAX_EVENT_BYTES = 8 * 1024 * 1024;

/**
 * Bytes of a `text/event-stream`, split anywhere → events, as the HTML standard defines them
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html), with two differences:
 * - a field named `error`, which old llama.cpp servers send, is the data of an event named `error`;
 * - an event whose blank line is missing at the end of the stream is dispatched, not dropped.
 *
 * All whole lines of a read are decoded with one call, because a call for each line would cost more than the parsing.
 *
 * @throws UpstreamError `unusable`: an event that is larger than `maxEventBytes`; the characters of whole lines count.
 */
export class ServerSentEvents {
  /** The beginning of a line whose end has not come yet. */
  readonly #partialLine = new ByteAccumulator();
  #isFirstLine = true;
  /** The last byte was a CR, so an LF that follows belongs to the same line end. */
  #afterCarriageReturn = false;
  #eventSize = 0;
  #eventName = '';
  /** Data lines of the current read. */
  #data: string | undefined;
  /** Data lines of earlier reads, each with its LF. As strings, they would keep their whole reads in memory. */
  readonly #earlierData = new ByteAccumulator();
  #events: ServerSentEvent[] = [];

  constructor(private readonly maxEventBytes = MAX_EVENT_BYTES) {}

  /** Bytes of the event that has not ended yet. */
  get heldBytes(): number {
    return this.#partialLine.length + this.#earlierData.length;
  }

  push(bytes: Buffer): ServerSentEvent[] {
    if (bytes.length === 0) return [];
    const start = this.#afterCarriageReturn && bytes[0] === LF ? 1 : 0;
    const carriageReturn = bytes.lastIndexOf(CR);
    const end = Math.max(bytes.lastIndexOf(LF), carriageReturn) + 1;
    this.#afterCarriageReturn = carriageReturn === bytes.length - 1;
    if (end > start) {
      const text = this.#textUntil(bytes, start, end);
      this.#readLines(carriageReturn === -1 ? text : text.replaceAll(/\r\n?/g, '\n'));
    }
    if (this.#data !== undefined) this.#keepData(this.#data);
    if (end < bytes.length) this.#keepLine(bytes.subarray(Math.max(start, end)));
    return this.#takeEvents();
  }

  /** The stream is over. → its last event, if that lacked its blank line. */
  end(): ServerSentEvent[] {
    if (this.#partialLine.length > 0) this.#readLines(this.#textUntil(Buffer.from('\n'), 0, 1));
    this.#dispatch();
    return this.#takeEvents();
  }

  #takeEvents(): ServerSentEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  #keepLine(part: Buffer): void {
    this.#partialLine.push(part);
    this.#assertWithinLimit();
  }

  #keepData(data: string): void {
    this.#earlierData.push(Buffer.from(`${data}\n`));
    this.#data = undefined;
  }

  /** → whole lines as text, with the beginning of the first one from earlier reads. */
  #textUntil(bytes: Buffer, start: number, end: number): string {
    if (this.#partialLine.length === 0) return bytes.toString('utf8', start, end);
    const line = Buffer.concat([...this.#partialLine.pieces, bytes.subarray(start, end)]);
    this.#partialLine.clear();
    return line.toString();
  }

  #readLines(text: string): void {
    let start = this.#isFirstLine && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    this.#isFirstLine = false;
    for (let end = text.indexOf('\n', start); end !== -1; end = text.indexOf('\n', start)) {
      this.#readLine(text, start, end);
      start = end + 1;
    }
  }

  #readLine(text: string, start: number, end: number): void {
    if (start === end) return this.#dispatch();
    // comments do not count: they may come for hours before an event
    if (text.charCodeAt(start) === COLON) return;
    this.#eventSize += end - start;
    this.#assertWithinLimit();
    if (text.startsWith(DATA_FIELD, start)) this.#append(valueOf(text, start + DATA_FIELD.length, end));
    else this.#readRareField(text.slice(start, end));
  }

  #readRareField(line: string): void {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : valueOf(line, colon + 1, line.length);
    if (field === 'event') this.#eventName = value;
    if (field === 'error') this.#eventName = 'error';
    if (field === 'data' || field === 'error') this.#append(value);
  }

  #append(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  #dispatch(): void {
    const data = this.#takeData();
    if (data !== undefined) this.#events.push({ event: this.#eventName || 'message', data });
    this.#eventName = '';
    this.#eventSize = 0;
  }

  #takeData(): string | undefined {
    const data = this.#data;
    this.#data = undefined;
    if (this.#earlierData.length === 0) return data;
    if (data !== undefined) this.#keepData(data);
    const lines = this.#earlierData.concat();
    this.#earlierData.clear();
    return lines.toString('utf8', 0, lines.length - 1);
  }

  #assertWithinLimit(): void {
    if (this.#eventSize + this.#partialLine.length <= this.maxEventBytes) return;
    throw unusable(`an event of the stream is larger than ${this.maxEventBytes} bytes`);
  }
}

/** The first space after the colon belongs to the syntax. */
function valueOf(text: string, start: number, end: number): string {
  return text.slice(text.charCodeAt(start) === SPACE && start < end ? start + 1 : start, end);
}
