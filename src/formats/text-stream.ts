import type { StopReason } from '../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent, MessageStopEvent } from '../bedrock/converse/converse-stream-event.js';
import type { NativeStream } from './hub-format.js';
import { type TextAnswer, toTextAnswer } from './text-answer.js';

/** The chunks of one stream of a text format. */
export interface TextChunks {
  /** @param index counts the pieces of text from 0 */
  piece(text: string, index: number): object;
  /** At least one. */
  end(answer: TextAnswer, text: string): object[];
}

/** Converse events → pieces of text, and the end. */
export class TextStream implements NativeStream {
  #pieces = 0;
  #text = '';
  #stop: MessageStopEvent = { stopReason: 'end_turn' satisfies StopReason };

  /** @param keepsText whether the end repeats the whole text */
  constructor(
    private readonly chunks: TextChunks,
    private readonly keepsText = false,
  ) {}

  write(event: ConverseStreamEvent): object[] {
    if ('contentBlockDelta' in event) {
      const { delta } = event.contentBlockDelta;
      return 'text' in delta ? [this.#piece(delta.text)] : [];
    }
    if ('messageStop' in event) this.#stop = event.messageStop;
    if (!('metadata' in event)) return [];
    const { stopReason, additionalModelResponseFields } = this.#stop;
    const answer = toTextAnswer(stopReason, event.metadata.usage, additionalModelResponseFields);
    return this.chunks.end(answer, this.#text);
  }

  #piece(text: string): object {
    if (this.keepsText) this.#text += text;
    const chunk = this.chunks.piece(text, this.#pieces);
    this.#pieces += 1;
    return chunk;
  }
}
