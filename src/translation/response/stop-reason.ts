import type { StopReason } from '../../bedrock/converse/converse-response.js';
import type { ChoiceAnswer } from '../../openai/chat-completion.js';
import { type FinishCategory, finishCategory, type FinishReasons } from './finish-reason.js';

/** What decides the stopReason: the upstream's finish reasons, and what the content holds. */
export interface FinishFacts {
  finishReason: string | null | undefined;
  nativeFinishReason?: string | null;
  /** The stop sequence that ended the text. Few servers report it. */
  matchedStop?: string;
  hasToolUse: boolean;
  hasText: boolean;
  /** A malformed tool call was dropped. */
  malformedToolUse: boolean;
}

/** Categories that cut an answer short, so that its last part may be incomplete. */
const LIMITS: ReadonlySet<FinishCategory> = new Set<FinishCategory>(['limit', 'contextWindow']);

/**
 * Categories with a stopReason of their own. It takes precedence over `tool_use`, so that clients do not run a call that
 * may be incomplete.
 */
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
  // several servers send `stop` beside tool calls, so the calls decide
  if (finish.hasToolUse) return 'tool_use';
  if (category === 'toolCalls') return finish.hasText ? 'end_turn' : 'malformed_tool_use';
  return category === 'stopSequence' || finish.matchedStop !== undefined ? 'stop_sequence' : 'end_turn';
}

/** Whether the model stopped with an error. */
export function isFailedFinish(reasons: FinishReasons): boolean {
  return finishCategory(reasons) === 'failure';
}

/** Whether a token limit or the model's context window ended the answer. */
export function isLimitFinish(reasons: FinishReasons): boolean {
  return LIMITS.has(finishCategory(reasons));
}

/** Whether a limit, a filter or a malformed call ended the answer, so that its last tool call may be incomplete. */
export function isCutFinish(reasons: FinishReasons): boolean {
  const category = finishCategory(reasons);
  return LIMITS.has(category) || category === 'filter' || category === 'malformedToolCall';
}

/** Whether the finish reason says that the answer ended with tool calls. */
export function isToolFinish(reasons: FinishReasons): boolean {
  return finishCategory(reasons) === 'toolCalls';
}

/** The matched stop sequence, which vLLM and SGLang report. Numbers there are ids of stop tokens and do not count. */
export function matchedStopSequence(
  choice: Pick<ChoiceAnswer, 'stop_reason' | 'matched_stop'>,
  stopSequences: readonly string[],
): string | undefined {
  return stopSequences.find((stop) => stop === choice.stop_reason || stop === choice.matched_stop);
}
