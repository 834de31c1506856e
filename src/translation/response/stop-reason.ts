import type { StopReason } from '../../bedrock/converse/converse-response.js';
import type { ChoiceAnswer } from '../../openai/chat-completion.js';

/** What an answer shows about its end. `finishReason` is the upstream's word, the rest was found in the content. */
export interface FinishFacts {
  finishReason: string | null | undefined;
  nativeFinishReason?: string | null;
  /** The stop sequence of the request that ended the text, where the server reports it. */
  matchedStop?: string;
  hasToolUse: boolean;
  hasText: boolean;
  /** A tool call was left out because nobody could run it. */
  malformedToolUse: boolean;
}

type Ending = 'limit' | 'filter' | 'tool' | 'stop' | 'failure';

/** Words of OpenAI and, through gateways, of Mistral, Anthropic, Gemini, DeepSeek, vLLM and SGLang. */
const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ['length', 'limit'],
  ['model_length', 'limit'],
  ['max_tokens', 'limit'],
  ['content_filter', 'filter'],
  ['safety', 'filter'],
  ['refusal', 'filter'],
  ['tool_calls', 'tool'],
  ['function_call', 'tool'],
  ['tool_use', 'tool'],
  ['error', 'failure'],
  ['abort', 'failure'],
  ['insufficient_system_resource', 'failure'],
]);

/** finish_reason → stopReason. The limit and the filter come first: what they cut short must not be run. */
export function finishReasonToStopReason(finish: FinishFacts): StopReason {
  const ending = endingOf(finish.finishReason);
  if (ending === 'limit') return 'max_tokens';
  if (ending === 'filter') return 'content_filtered';
  if (finish.malformedToolUse) return 'malformed_tool_use';
  // several servers say `stop` beside tool calls, so the calls decide
  if (finish.hasToolUse) return 'tool_use';
  if (ending === 'tool') return finish.hasText ? 'end_turn' : 'malformed_tool_use';
  return nativeStopReason(finish) ?? (finish.matchedStop === undefined ? 'end_turn' : 'stop_sequence');
}

/** Whether the model broke off with an error, which is no way to stop. */
export function isFailedFinish(finishReason: string | null | undefined): boolean {
  return endingOf(finishReason) === 'failure';
}

/** Whether the limit ended the answer. */
export function isLimitFinish(finishReason: string | null | undefined): boolean {
  return endingOf(finishReason) === 'limit';
}

/** Whether the limit or the filter broke the answer off, so that its last tool call may be cut. */
export function isCutFinish(finishReason: string | null | undefined): boolean {
  const ending = endingOf(finishReason);
  return ending === 'limit' || ending === 'filter';
}

/** The stop sequence that vLLM or SGLang reports; numbers are ids of the model's own stop tokens. */
export function matchedStopSequence(
  choice: Pick<ChoiceAnswer, 'stop_reason' | 'matched_stop'>,
  stopSequences: readonly string[],
): string | undefined {
  return stopSequences.find((stop) => stop === choice.stop_reason || stop === choice.matched_stop);
}

/** What OpenRouter passes on from the model's own provider: Gemini's and Anthropic's words. */
function nativeStopReason({ finishReason, nativeFinishReason }: FinishFacts): StopReason | undefined {
  if (nativeFinishReason === 'MALFORMED_FUNCTION_CALL') return 'malformed_tool_use';
  return nativeFinishReason === 'stop_sequence' || finishReason === 'stop_sequence'
    ? 'stop_sequence'
    : undefined;
}

/** Strangers, and nothing at all, are an ordinary end. */
function endingOf(finishReason: unknown): Ending {
  return (typeof finishReason === 'string' && ENDINGS.get(finishReason.toLowerCase())) || 'stop';
}
