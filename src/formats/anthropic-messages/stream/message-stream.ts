import type { StopReason } from '../../../bedrock/converse/converse-response.js';
import type {
  ContentBlockDelta,
  ContentBlockDeltaEvent,
  ConverseStreamEvent,
  MessageStopEvent,
  MetadataEvent,
} from '../../../bedrock/converse/converse-stream-event.js';
import { type PieceTemplate, pieceTemplates } from '../../../bedrock/event-stream/piece-template.js';
import type { AnswerInfo, NativeStream } from '../../hub-format.js';
import { type AnswerWords, messageHead, NO_CONTEXT_EDITS } from '../response/message.js';
import { reasoningTokensOf, stopSequenceOf } from '../response/response-fields.js';
import { stopReasonToAnthropic } from '../response/stop-reason.js';
import { usageToAnthropic } from '../response/usage.js';

/** The input tokens are known at the end alone. Clients replace these numbers by those of `message_delta`. */
const USAGE_AT_START = {
  input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 1,
} as const;

const TEXT_BLOCK = { type: 'text', text: '' } as const;
const THINKING_BLOCK = { type: 'thinking', thinking: '', signature: '' } as const;

const TEXTS = pieceTemplates((index, text) => blockDelta(index, textDelta(text)));
const INPUTS = pieceTemplates((index, input) => blockDelta(index, inputDelta(input)));
const THINKING = pieceTemplates((index, thinking) => blockDelta(index, thinkingDelta(thinking)));

/**
 * Converse events → Anthropic's events, in the strict order in which clients expect them. Converse opens only tool calls;
 * here a block of text or thinking is opened by its first delta.
 * https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export class MessageStream implements NativeStream {
  #openIndex: number | undefined;
  #stop: MessageStopEvent | undefined;

  constructor(
    private readonly info: AnswerInfo,
    private readonly words: AnswerWords,
  ) {}

  /** @throws BedrockException `ModelErrorException` for a malformed answer */
  write(event: ConverseStreamEvent): object[] {
    if ('contentBlockDelta' in event) {
      const { contentBlockIndex, delta } = event.contentBlockDelta;
      return this.#delta(contentBlockIndex, delta);
    }
    if ('contentBlockStart' in event) {
      const { contentBlockIndex, start } = event.contentBlockStart;
      const { toolUseId: id, name } = start.toolUse;
      return [this.#open(contentBlockIndex, toolUseBlock(id, this.words.toolNames.original(name)))];
    }
    if ('contentBlockStop' in event) return this.#close(event.contentBlockStop.contentBlockIndex);
    if ('messageStart' in event) return [messageStart(this.info)];
    if ('metadata' in event) return this.#end(event.metadata);
    this.#stop = event.messageStop;
    return [];
  }

  templateOf({ contentBlockIndex: index, delta }: ContentBlockDeltaEvent): PieceTemplate | undefined {
    if (this.#openIndex !== index) return undefined;
    if ('text' in delta) return TEXTS.of(index);
    if ('toolUse' in delta) return INPUTS.of(index);
    return 'text' in delta.reasoningContent && !this.words.omitsThinking ? THINKING.of(index) : undefined;
  }

  #delta(index: number, delta: ContentBlockDelta): object[] {
    const written = this.#writtenDelta(delta);
    const events = written === undefined ? [] : [blockDelta(index, written)];
    if (this.#openIndex === index) return events;
    return [this.#open(index, 'text' in delta ? TEXT_BLOCK : THINKING_BLOCK), ...events];
  }

  #writtenDelta(delta: ContentBlockDelta): object | undefined {
    if ('text' in delta) return textDelta(delta.text);
    if ('toolUse' in delta) return inputDelta(delta.toolUse.input);
    const { reasoningContent: reasoning } = delta;
    if ('signature' in reasoning) return { type: 'signature_delta', signature: reasoning.signature };
    return this.words.omitsThinking ? undefined : thinkingDelta(reasoning.text);
  }

  #open(index: number, block: object): object {
    this.#openIndex = index;
    return { type: 'content_block_start', index, content_block: block };
  }

  /** A block without a delta is an empty text. */
  #close(index: number): object[] {
    const stop = { type: 'content_block_stop', index };
    return this.#openIndex === index ? [stop] : [this.#open(index, TEXT_BLOCK), stop];
  }

  #end({ usage }: MetadataEvent): object[] {
    const stopReason: StopReason = this.#stop?.stopReason ?? 'end_turn';
    const fields = this.#stop?.additionalModelResponseFields;
    const messageDelta = {
      type: 'message_delta',
      delta: stopReasonToAnthropic(stopReason, stopSequenceOf(fields)),
      usage: usageToAnthropic(usage, reasoningTokensOf(fields)),
      ...(this.words.hasContextEdits && { context_management: NO_CONTEXT_EDITS }),
    };
    return [messageDelta, { type: 'message_stop' }];
  }
}

function blockDelta(index: number, delta: object): object {
  return { type: 'content_block_delta', index, delta };
}

function textDelta(text: string): object {
  return { type: 'text_delta', text };
}

function inputDelta(input: string): object {
  return { type: 'input_json_delta', partial_json: input };
}

function thinkingDelta(thinking: string): object {
  return { type: 'thinking_delta', thinking };
}

function messageStart(info: AnswerInfo): object {
  const unfinished = { content: [], stop_reason: null, stop_sequence: null, usage: USAGE_AT_START };
  return { type: 'message_start', message: { ...messageHead(info), ...unfinished } };
}

function toolUseBlock(id: string, name: string): object {
  return { type: 'tool_use', id, name, input: {} };
}
