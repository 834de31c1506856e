import type { ConverseResponse, StopReason } from '../../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { NativeStream } from '../hub-format.js';
import { noWordFor, textOf } from '../text-answer.js';

const STOP_REASONS: Readonly<Record<StopReason, string | undefined>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'model_length',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
  malformed_model_output: undefined,
  malformed_tool_use: undefined,
};

interface MistralToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

interface MistralMessage {
  role: 'assistant';
  content: string;
  tool_calls?: MistralToolCall[];
}

/** @throws BedrockException `ModelErrorException` for a stop reason without a word */
export function toMistralChatResponse(response: ConverseResponse): object {
  const calls = response.output.message.content.flatMap((block) =>
    'toolUse' in block ? [toToolCall(block.toolUse, JSON.stringify(block.toolUse.input))] : [],
  );
  return toChoices(
    { content: textOf(response), ...(calls.length > 0 && { tool_calls: calls }) },
    stopReasonOf(response.stopReason),
  );
}

/** One part of the message a chunk: a piece of text, or a whole call. */
export class MistralChatStream implements NativeStream {
  #call: { toolUseId: string; name: string } | undefined;
  #arguments = '';
  #stopReason: StopReason = 'end_turn';

  write(event: ConverseStreamEvent): object[] {
    if ('contentBlockStart' in event) this.#start(event.contentBlockStart.start.toolUse);
    if ('contentBlockDelta' in event) {
      const { delta } = event.contentBlockDelta;
      if ('text' in delta) return [toChoices({ content: delta.text }, null)];
      if ('toolUse' in delta) this.#arguments += delta.toolUse.input;
    }
    if ('contentBlockStop' in event) return this.#endCall();
    if ('messageStop' in event) this.#stopReason = event.messageStop.stopReason;
    return 'metadata' in event ? [toChoices({ content: '' }, stopReasonOf(this.#stopReason))] : [];
  }

  #start(call: { toolUseId: string; name: string }): void {
    this.#call = call;
    this.#arguments = '';
  }

  #endCall(): object[] {
    const call = this.#call;
    if (call === undefined) return [];
    this.#call = undefined;
    return [toChoices({ content: '', tool_calls: [toToolCall(call, this.#arguments || '{}')] }, null)];
  }
}

function toChoices(message: Omit<MistralMessage, 'role'>, stopReason: string | null): object {
  return { choices: [{ index: 0, message: { role: 'assistant', ...message }, stop_reason: stopReason }] };
}

function toToolCall({ toolUseId, name }: { toolUseId: string; name: string }, text: string): MistralToolCall {
  return { id: toolUseId, type: 'function', function: { name, arguments: text } };
}

function stopReasonOf(stopReason: StopReason): string {
  const word = STOP_REASONS[stopReason];
  if (word === undefined) throw noWordFor(stopReason);
  return word;
}
