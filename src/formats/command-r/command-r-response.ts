import type { ConverseResponse, StopReason } from '../../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { NativeStream } from '../hub-format.js';
import { noWordFor, textOf } from '../text-answer.js';
import { MAX_PIECE_UNITS } from '../split-text.js';
import type { CommandRRequestDto } from './command-r-request.dto.js';

const FINISH_REASONS: Readonly<Record<StopReason, string | undefined>> = {
  end_turn: 'COMPLETE',
  tool_use: 'COMPLETE',
  stop_sequence: 'COMPLETE',
  max_tokens: 'MAX_TOKENS',
  model_context_window_exceeded: 'ERROR_LIMIT',
  content_filtered: 'ERROR_TOXIC',
  guardrail_intervened: 'ERROR_TOXIC',
  malformed_model_output: undefined,
  malformed_tool_use: undefined,
};

interface CommandRToolCall {
  name: string;
  parameters: unknown;
}

/** What an answer repeats of its request. */
interface Asked {
  readonly id: string;
  readonly body: Pick<CommandRRequestDto, 'chat_history' | 'message'>;
}

/** What the model said. */
interface Answer {
  readonly text: string;
  readonly calls: readonly CommandRToolCall[];
  readonly stopReason: StopReason;
}

/** @throws BedrockException `ModelErrorException` for a stop reason without a word */
export function toCommandRResponse(response: ConverseResponse, asked: Asked): object {
  const calls = response.output.message.content.flatMap((block) =>
    'toolUse' in block ? [{ name: block.toolUse.name, parameters: block.toolUse.input }] : [],
  );
  const answer = { text: textOf(response), calls, stopReason: response.stopReason };
  return { ...toAnswer(answer, asked), chat_history: historyOf(answer, asked) };
}

/** Text as it comes, the calls in one chunk, and the whole answer at the end. */
export class CommandRStream implements NativeStream {
  #text = '';
  #calls: CommandRToolCall[] = [];
  #call: { name: string; input: string } | undefined;
  #stopReason: StopReason = 'end_turn';

  constructor(private readonly asked: Asked) {}

  write(event: ConverseStreamEvent): object[] {
    if ('contentBlockStart' in event) {
      this.#call = { name: event.contentBlockStart.start.toolUse.name, input: '' };
    } else if ('contentBlockDelta' in event) {
      const { delta } = event.contentBlockDelta;
      if ('text' in delta) return [this.#piece(delta.text)];
      if ('toolUse' in delta && this.#call !== undefined) this.#call.input += delta.toolUse.input;
    } else if ('contentBlockStop' in event) this.#endCall();
    else if ('messageStop' in event) this.#stopReason = event.messageStop.stopReason;
    return 'metadata' in event ? this.#end() : [];
  }

  #piece(text: string): object {
    this.#text += text;
    return { event_type: 'text-generation', text, is_finished: false };
  }

  #endCall(): void {
    if (this.#call === undefined) return;
    const { name, input } = this.#call;
    this.#call = undefined;
    this.#calls.push({ name, parameters: parsedInput(input) });
  }

  #end(): object[] {
    const answer = { text: this.#text, calls: this.#calls, stopReason: this.#stopReason };
    const response = toAnswer(answer, this.asked);
    const chat_history = historyOf(answer, this.asked);
    // a chunk has a limit, and the client has its history already
    const isShort = JSON.stringify(chat_history).length <= MAX_PIECE_UNITS;
    const end = {
      event_type: 'stream-end',
      finish_reason: finishReasonOf(this.#stopReason),
      response: { ...response, ...(isShort && { chat_history }) },
      is_finished: true,
    };
    if (this.#calls.length === 0) return [end];
    return [{ event_type: 'tool-calls-generation', tool_calls: this.#calls, is_finished: false }, end];
  }
}

function toAnswer({ text, calls, stopReason }: Answer, { id }: Asked): object {
  return {
    response_id: id,
    generation_id: `${id}-0`,
    text,
    finish_reason: finishReasonOf(stopReason),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function historyOf({ text, calls }: Answer, { body: { chat_history, message } }: Asked): object[] {
  return [
    ...(chat_history ?? []),
    ...(message === '' ? [] : [{ role: 'USER', message }]),
    { role: 'CHATBOT', message: text, ...(calls.length > 0 && { tool_calls: calls }) },
  ];
}

function finishReasonOf(stopReason: StopReason): string {
  const word = FINISH_REASONS[stopReason];
  if (word === undefined) throw noWordFor(stopReason);
  return word;
}

/** The input of a whole call is JSON. That of a call that the limit cut is told as text. */
function parsedInput(input: string): unknown {
  if (input === '') return {};
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
