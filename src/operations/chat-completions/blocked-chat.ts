import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import {
  type ChatChunksOptions,
  type ChatStreamEvent,
  StreamEnd,
} from '../../translation/chat-completions/chat-chunks.js';
import { completionChunks } from '../../translation/chat-completions/refused-chunks.js';
import type { ConverseGuard } from '../guardrails/converse-guard.js';
import { guardrailMembers } from '../invoke-model/guardrail-members.js';
import type { OperationContext } from '../operation-context.js';
import { newIdentity } from './chat-completions.service.js';
import { blockedChoice } from './guarded-completion.js';

/** Bedrock's stop reason of an answer that a guardrail has changed. */
export const INTERVENED = 'guardrail_intervened';

/** What records say of a request that is blocked. */
export const BLOCKED_SUMMARY = {
  stopReason: INTERVENED,
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
} as const;

/** The answer to a request that is blocked: no upstream is called. */
export function blockedCompletion(guard: ConverseGuard, context: OperationContext): ChatCompletionAnswer {
  const { id, created, modelId: model } = newIdentity(context);
  const { blockedInputMessaging } = guard.call.guardrail.policy.settings;
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [blockedChoice(0, blockedInputMessaging)],
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    ...guardrailMembers(guard.traceOf(undefined), context.exchange),
  };
}

/** As `blockedCompletion`, for a stream. */
export function blockedChunks(
  completion: ChatCompletionAnswer,
  options: Omit<ChatChunksOptions, 'modelId'>,
  { route }: OperationContext,
): ChatStreamEvent[] {
  const events = completionChunks(completion, { ...options, modelId: route.modelId.text });
  return events.map((event) => (event instanceof StreamEnd ? new StreamEnd(BLOCKED_SUMMARY) : event));
}
