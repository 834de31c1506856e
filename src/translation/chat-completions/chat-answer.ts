import type { StopReason, TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { unusable } from '../../openai/upstream.error.js';
import { listOf, objectOf, textOf } from '../json-value.js';
import type { Origin } from '../origins.js';
import { failedFinish } from '../response/failed-finish.js';
import { finishReasonToStopReason } from '../response/stop-reason.js';
import { usageToTokenUsage } from '../response/usage.js';

/** Members of an answer that the proxy makes itself. */
export interface AnswerIdentity {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** As the client asked for it. */
  readonly modelId: string;
}

/** What an answer says about itself, in Bedrock's words, for records. */
export interface ChatSummary {
  readonly usage: TokenUsage;
  readonly stopReason: StopReason;
}

const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/**
 * An upstream's completion → the same completion, by the name that the client used for the model.
 * @throws UpstreamError `status` when the model stopped with an error, `unusable` when a choice has no message
 */
export function toChatAnswer(
  completion: ChatCompletionAnswer,
  identity: AnswerIdentity,
): ChatCompletionAnswer {
  const choices = listOf(completion.choices);
  const failure = choices.length === 0 ? failedFinish(completion, undefined) : failureOf(completion);
  if (failure !== undefined) throw failure;
  if (choices.length === 0 && isPromptFiltered(completion)) {
    const { usage } = completion;
    return { ...completion, ...refusedCompletion(identity), ...(usage != null && { usage }) };
  }
  const isWhole = choices.length > 0 && choices.every((choice) => objectOf(objectOf(choice)?.message));
  if (!isWhole) throw unusable('an answer with a choice that has no message, or without choices');
  return { ...completion, model: identity.modelId };
}

/** Where such an answer comes from: all but the model's name is the upstream's. */
export function chatAnswerOrigins(): readonly Origin[] {
  return [
    { path: '', from: [''], isCopy: true },
    { path: 'model', from: ['default'], isCopy: false },
  ];
}

/** The completion for a prompt that the upstream's content policy refused. */
export function refusedCompletion({ id, created, modelId }: AnswerIdentity): ChatCompletionAnswer {
  return {
    id,
    object: 'chat.completion',
    created,
    model: modelId,
    choices: [refusedChoice()],
    usage: { ...NO_USAGE },
  };
}

export function summarizeCompletion(completion: ChatCompletionAnswer): ChatSummary {
  const choice = completion.choices?.[0];
  const stopReason = finishReasonToStopReason({
    finishReason: textOf(choice?.finish_reason),
    nativeFinishReason: choice?.native_finish_reason,
    hasToolUse: hasToolCalls(choice?.message),
    hasText: textOf(choice?.message?.content) !== undefined,
    malformedToolUse: false,
  });
  return { usage: usageToTokenUsage(completion), stopReason };
}

export function hasToolCalls(message: ChoiceAnswer['message']): boolean {
  return listOf(message?.tool_calls).length > 0 || message?.function_call != null;
}

function failureOf(completion: ChatCompletionAnswer): Error | undefined {
  for (const choice of completion.choices ?? []) {
    const failure = failedFinish(completion, choice);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Azure, and gateways to Gemini, put the reason beside `choices`. */
function isPromptFiltered({
  prompt_filter_results,
  promptFeedback,
  prompt_feedback,
}: ChatCompletionAnswer): boolean {
  return (prompt_filter_results ?? promptFeedback ?? prompt_feedback) != null;
}

function refusedChoice(): ChoiceAnswer {
  return {
    index: 0,
    message: { role: 'assistant', content: '', refusal: null },
    finish_reason: 'content_filter',
  };
}
