import { ByteAccumulator } from '../streaming/byte-accumulator.js';
import type { ChatCompletionAnswer } from './chat-completion.js';
import { ChunkTemplate } from './chunk-template.js';
import { finishesChoice, textToAnswer, textToCompletion } from './completion.js';
import { errorEventToUpstreamError, parseJsonOrText } from './error-body.js';
import { ServerSentEvents, type ServerSentEvent } from './sse/server-sent-events.js';
import { MAX_ANSWER_BYTES } from './connection/transport-response.js';
import { unusable } from './upstream.error.js';

const DONE = '[DONE]';
/** Events with other names, such as `ping` or `progress`, are not part of the answer. */
const MESSAGE = 'message';
const ERROR = 'error';
const COLON = 0x3a;
const WHITE_SPACE: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20]);
/** `{` and `[`: no line of an event stream begins with either. */
const JSON_START: ReadonlySet<number> = new Set([0x7b, 0x5b]);
/** After this many templates in a row that no chunk matched, the stream gets no more of them. */
const MAX_UNUSED_TEMPLATES = 8;

export type AnswerAdapter = (
  answer: ChatCompletionAnswer,
  member: 'message' | 'delta',
) => ChatCompletionAnswer;

/**
 * The bytes of a streamed answer → chunks. A server that ignores `stream` sends one JSON completion, which becomes the
 * only chunk, with `message` in place of `delta`. The first byte that is no white space tells the two apart, because
 * content types are not reliable.
 */
export class ChunkParser {
  readonly #events = new ServerSentEvents();
  #json: ByteAccumulator | undefined;
  #isStarted = false;
  #isDone = false;
  #isFinished = false;
  /** Indexes, if there is more than one choice. */
  #finishedChoices: Set<number> | undefined;
  #failure: unknown;
  #template: ChunkTemplate | undefined;
  /** Templates in a row that no chunk matched. */
  #unusedTemplates = 0;

  /**
   * @param choices how many choices the request asks for; some servers send more
   * @param adapt answer of another endpoint → the same as a chat completion, or as a chunk of one
   */
  constructor(
    private readonly choices = 1,
    private readonly adapt?: AnswerAdapter,
  ) {}

  /** `[DONE]` or the end of the body has been read. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Every choice has finished, so the answer is complete. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Bytes of an event, or of a JSON completion, whose end has not come yet. */
  get heldBytes(): number {
    return this.#json?.length ?? this.#events.heldBytes;
  }

  /**
   * The UpstreamError that comes after the chunks so far: an error object in the stream, or unreadable data. `push` does
   * not throw it, because then the chunks before it would be lost.
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
      if (this.#json !== undefined) chunks.push(this.#wholeAnswer(this.#json));
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
    else pushWithinLimit(this.#json, bytes);
  }

  /** Skips blank lines, which may precede both kinds of answer. */
  #start(part: Buffer): Buffer {
    const start = part.findIndex((byte) => !WHITE_SPACE.has(byte));
    if (start === -1) return part.subarray(0, 0);
    this.#isStarted = true;
    if (JSON_START.has(part[start] ?? 0)) this.#json = new ByteAccumulator();
    return part.subarray(start);
  }

  #readEvents(events: readonly ServerSentEvent[], chunks: ChatCompletionAnswer[]): void {
    for (const { event, data } of events) {
      if (this.#isDone) return;
      if (event === MESSAGE) this.#readMessage(data, chunks);
      else if (event === ERROR && !this.#isFinished) throw errorEventToUpstreamError(parseJsonOrText(data));
    }
  }

  #readMessage(data: string, chunks: ChatCompletionAnswer[]): void {
    const text = data.trim();
    // some servers send comments as data
    if (text === '' || text.charCodeAt(0) === COLON) return;
    if (text === DONE) {
      this.#isDone = true;
      return;
    }
    const chunk = this.#fromTemplate(data) ?? this.#parse(data);
    if (chunk !== undefined) chunks.push(chunk);
  }

  #fromTemplate(data: string): ChatCompletionAnswer | undefined {
    const chunk = this.#template?.read(data);
    if (chunk !== undefined) this.#unusedTemplates = 0;
    return chunk;
  }

  #readFinish(chunk: ChatCompletionAnswer): void {
    if (this.#isFinished) return;
    if (this.choices === 1) {
      this.#isFinished = finishesChoice(chunk, 0);
      return;
    }
    const finished = (this.#finishedChoices ??= new Set());
    for (let index = 0; index < this.choices; index += 1) {
      if (finishesChoice(chunk, index)) finished.add(index);
    }
    this.#isFinished = finished.size === this.choices;
  }

  /** → undefined for unreadable data after the answer is complete. */
  #parse(data: string): ChatCompletionAnswer | undefined {
    const chunk = this.#answerIn(data);
    if (chunk === undefined) return undefined;
    // chunks that are read with a template have the same finish_reason, so only parsed ones are checked
    this.#readFinish(chunk);
    if (this.#unusedTemplates === MAX_UNUSED_TEMPLATES) return chunk;
    const template = ChunkTemplate.of(data, chunk);
    if (template === undefined) return chunk;
    this.#unusedTemplates += 1;
    this.#template = template;
    return chunk;
  }

  #wholeAnswer(json: ByteAccumulator): ChatCompletionAnswer {
    const answer = textToCompletion(json.concat().toString());
    return this.adapt === undefined ? answer : this.adapt(answer, 'message');
  }

  #answerIn(data: string): ChatCompletionAnswer | undefined {
    try {
      const answer = textToAnswer(data);
      return this.adapt === undefined ? answer : this.adapt(answer, 'delta');
    } catch (error) {
      if (this.#isFinished) return undefined;
      throw error;
    }
  }
}

function pushWithinLimit(json: ByteAccumulator, bytes: Buffer): void {
  json.push(bytes);
  if (json.length > MAX_ANSWER_BYTES) {
    throw unusable(`more than ${MAX_ANSWER_BYTES} bytes`);
  }
}
