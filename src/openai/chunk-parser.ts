import type { ChatCompletionAnswer } from './chat-completion.js';
import { ChunkTemplate } from './chunk-template.js';
import { textToAnswer, textToCompletion } from './completion.js';
import { errorEventToUpstreamError, parseJsonOrText } from './error-body.js';
import { ServerSentEvents, type ServerSentEvent } from './sse/server-sent-events.js';
import { MAX_ANSWER_BYTES } from './transport.js';
import { UpstreamError } from './upstream.error.js';

const DONE = '[DONE]';
const WHITE_SPACE: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20]);
/** `{` and `[`: no line of an event stream begins with either. */
const JSON_START: ReadonlySet<number> = new Set([0x7b, 0x5b]);
/** A stream whose chunks always differ in more than a piece of text is not looked at closely for ever. */
const MAX_UNUSED_TEMPLATES = 8;

/**
 * The bytes of a streamed answer → chunks. Servers that ignore `stream` send one JSON completion: then it is
 * the only chunk, with `message` in place of `delta`. What the answer begins with decides, not its content type.
 */
export class ChunkParser {
  readonly #events = new ServerSentEvents();
  #json: Buffer[] | undefined;
  #jsonBytes = 0;
  #isStarted = false;
  #isDone = false;
  #failure: unknown;
  #template: ChunkTemplate | undefined;
  /** In a row, and nothing fitted them. */
  #unusedTemplates = 0;

  /** `[DONE]` or the end of the body has been read: nothing follows. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /**
   * What stands where the next chunk should be: an error object, or something that cannot be read. It is not
   * thrown, so that the chunks before it are not lost.
   */
  get failure(): unknown {
    return this.#failure;
  }

  push(parts: readonly Buffer[]): ChatCompletionAnswer[] {
    const chunks: ChatCompletionAnswer[] = [];
    try {
      for (const part of parts) this.#pushPart(part, chunks);
    } catch (error) {
      this.#failure = error;
    }
    return chunks;
  }

  end(): ChatCompletionAnswer[] {
    const chunks: ChatCompletionAnswer[] = [];
    try {
      if (this.#json !== undefined) chunks.push(textToCompletion(Buffer.concat(this.#json).toString()));
      else this.#readEvents(this.#events.end(), chunks);
    } catch (error) {
      this.#failure = error;
    }
    this.#isDone = true;
    return chunks;
  }

  #pushPart(part: Buffer, chunks: ChatCompletionAnswer[]): void {
    const bytes = this.#isStarted ? part : this.#start(part);
    if (this.#json === undefined) this.#readEvents(this.#events.push(bytes), chunks);
    else this.#pushJson(bytes);
  }

  /** Blank lines may come before either kind of answer. */
  #start(part: Buffer): Buffer {
    const start = part.findIndex((byte) => !WHITE_SPACE.has(byte));
    if (start === -1) return part.subarray(0, 0);
    this.#isStarted = true;
    if (JSON_START.has(part[start] ?? 0)) this.#json = [];
    return part.subarray(start);
  }

  #pushJson(bytes: Buffer): void {
    this.#json?.push(bytes);
    this.#jsonBytes += bytes.length;
    if (this.#jsonBytes > MAX_ANSWER_BYTES) {
      throw new UpstreamError('unusable', `more than ${MAX_ANSWER_BYTES} bytes`);
    }
  }

  #readEvents(events: readonly ServerSentEvent[], chunks: ChatCompletionAnswer[]): void {
    for (const { event, data } of events) {
      if (this.#isDone) return;
      if (event === 'error') throw errorEventToUpstreamError(parseJsonOrText(data));
      if (data === DONE || data.trim() === DONE) this.#isDone = true;
      else if (data !== '') chunks.push(this.#fromTemplate(data) ?? this.#parse(data));
    }
  }

  #fromTemplate(data: string): ChatCompletionAnswer | undefined {
    const chunk = this.#template?.read(data);
    if (chunk !== undefined) this.#unusedTemplates = 0;
    return chunk;
  }

  #parse(data: string): ChatCompletionAnswer {
    const chunk = textToAnswer(data);
    if (this.#unusedTemplates === MAX_UNUSED_TEMPLATES) return chunk;
    const template = ChunkTemplate.of(data, chunk);
    if (template === undefined) return chunk;
    this.#unusedTemplates += 1;
    this.#template = template;
    return chunk;
  }
}
