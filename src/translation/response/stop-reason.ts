import type { StopReason } from '../../bedrock/converse/converse-response.js';
import type { ChoiceAnswer } from '../../openai/chat-completion.js';
import { type FinishCategory, finishCategory, type FinishReasons } from './finish-reason.js';

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

/** Endings that cut an answer short: what came last may lack its end. */
const LIMITS: ReadonlySet<FinishCategory> = new Set<FinishCategory>(['limit', 'contextWindow']);

/** Endings with a stopReason of their own, whatever the answer holds: what they cut short must not be run. */
const STOP_REASONS: Partial<Record<FinishCategory, StopReason>> = {
  limit: 'max_tokens',
  contextWindow: 'model_context_window_exceeded',
  filter: 'content_filtered',
  malformedToolCall: 'malformed_tool_use',
  malformedOutput: 'malformed_model_output',
};

/** finish_reason → stopReason. */
export function finishReasonToStopReason(finish: FinishFacts): StopReason {
  const { finishReason: finish_reason, nativeFinishReason: native_finish_reason } = finish;
  const category = finishCategory({ finish_reason, native_finish_reason });
  const stopReason = STOP_REASONS[category];
  if (stopReason !== undefined) return stopReason;
  if (finish.malformedToolUse) return 'malformed_tool_use';
  // several servers say `stop` beside tool calls, so the calls decide
  if (finish.hasToolUse) return 'tool_use';
  if (category === 'toolCalls') return finish.hasText ? 'end_turn' : 'malformed_tool_use';
  return category === 'stopSequence' || finish.matchedStop !== undefined ? 'stop_sequence' : 'end_turn';
}

/** Whether the model broke off with an error, which is no way to stop. */
export function isFailedFinish(words: FinishReasons): boolean {
  return finishCategory(words) === 'failure';
}

/** Whether the limit of the answer or of the model's context ended it. */
export function isLimitFinish(words: FinishReasons): boolean {
  return LIMITS.has(finishCategory(words));
}

/** Whether a limit or the filter broke the answer off, so that its last tool call may be cut. */
export function isCutFinish(words: FinishReasons): boolean {
  const category = finishCategory(words);
  return LIMITS.has(category) || category === 'filter' || category === 'malformedToolCall';
}

/** Whether a server says that the answer ended with tool calls. */
export function isToolFinish(words: FinishReasons): boolean {
  return finishCategory(words) === 'toolCalls';
}

/** The stop sequence that vLLM or SGLang reports; numbers are ids of the model's own stop tokens. */
export function matchedStopSequence(
  choice: Pick<ChoiceAnswer, 'stop_reason' | 'matched_stop'>,
  stopSequences: readonly string[],
): string | undefined {
  return stopSequences.find((stop) => stop === choice.stop_reason || stop === choice.matched_stop);
}
