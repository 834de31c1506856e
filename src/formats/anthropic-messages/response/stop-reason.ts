import { BedrockException } from '../../../bedrock/bedrock.exception.js';
import type { StopReason } from '../../../bedrock/converse/converse-response.js';

type MessagesStopReason =
  'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use' | 'refusal' | 'model_context_window_exceeded';

/** Anthropic has no words for malformed answers. */
const STOP_REASONS = {
  end_turn: 'end_turn',
  tool_use: 'tool_use',
  max_tokens: 'max_tokens',
  stop_sequence: 'stop_sequence',
  model_context_window_exceeded: 'model_context_window_exceeded',
  content_filtered: 'refusal',
  guardrail_intervened: 'end_turn',
  malformed_tool_use: undefined,
  malformed_model_output: undefined,
} as const satisfies Record<StopReason, MessagesStopReason | undefined>;

/** How an answer ended, in its own words and in those of `message_delta`. */
export interface MessageEnd {
  stop_reason: MessagesStopReason;
  stop_sequence: string | null;
  stop_details?: { type: 'refusal'; category: null; explanation: null };
}

/** @throws BedrockException `ModelErrorException` for an answer that is malformed */
export function stopReasonToAnthropic(stopReason: StopReason, stopSequence: string | null): MessageEnd {
  const stop_reason = STOP_REASONS[stopReason];
  if (stop_reason === undefined) {
    const what = stopReason === 'malformed_tool_use' ? 'a malformed tool call' : 'malformed output';
    throw new BedrockException('ModelErrorException', `The model returned ${what}.`, {
      fields: { originalStatusCode: 200 },
    });
  }
  const stop_sequence = stop_reason === 'stop_sequence' ? stopSequence : null;
  if (stop_reason !== 'refusal') return { stop_reason, stop_sequence };
  const stop_details = { type: 'refusal', category: null, explanation: null } as const;
  return { stop_reason, stop_sequence, stop_details };
}
