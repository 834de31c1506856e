import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { objectOf, textOf } from '../json-value.js';
import { failedFinish } from '../response/failed-finish.js';

/** The choices that are objects. */
export function choicesOf({ choices }: ChatCompletionAnswer): readonly ChoiceAnswer[] {
  if (!Array.isArray(choices)) return [];
  return choices.every((choice) => objectOf(choice)) ? choices : choices.filter((choice) => objectOf(choice));
}

/** The failure of the model that one of the choices reports. */
export function failureOf(chunk: ChatCompletionAnswer, choices: readonly ChoiceAnswer[]): Error | undefined {
  for (const choice of choices) {
    // nearly every chunk has neither
    if (choice.finish_reason == null && !('error' in choice)) continue;
    const failure = failedFinish(chunk, choice);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Whether the choice is one of a whole completion, and no delta. */
export function isWhole(choice: ChoiceAnswer): boolean {
  return choice.delta == null && objectOf(choice.message) !== undefined;
}

/** Whether the choice ends here. */
export function isFinishing({ finish_reason }: ChoiceAnswer): boolean {
  return textOf(finish_reason) !== undefined;
}

/** The members that every chunk of a stream has. */
export function commonMembers(chunk: ChatCompletionAnswer): ChatCompletionAnswer {
  const { id, object, created, model, service_tier, system_fingerprint } = chunk;
  return {
    id,
    object,
    created,
    model,
    ...(service_tier !== undefined && { service_tier }),
    ...(system_fingerprint !== undefined && { system_fingerprint }),
  };
}

export function hasDelta(chunk: ChatCompletionAnswer): boolean {
  return choicesOf(chunk).some(({ delta }) => Object.keys(delta ?? {}).length > 0);
}

/** The content of a chunk, before its choices end. */
export function withoutFinish(chunk: ChatCompletionAnswer): ChatCompletionAnswer {
  return {
    ...chunk,
    choices: choicesOf(chunk).map((choice) => Object.assign({}, choice, { finish_reason: null })),
  };
}

/** The end of the choices of a chunk, without their content. */
export function withoutDelta(chunk: ChatCompletionAnswer): ChatCompletionAnswer {
  return { ...chunk, choices: choicesOf(chunk).map((choice) => Object.assign({}, choice, { delta: {} })) };
}
