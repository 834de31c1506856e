import type { ChatCompletionAnswer, ChoiceAnswer, MessageAnswer } from '../../openai/chat-completion.js';
import type { ConverseGuard } from '../guardrails/converse-guard.js';
import type { TimedVerdict } from '../guardrails/guardrail-trace.js';
import { ANSWER_TEXTS, mapMessageTexts } from './message-texts.js';

/** OpenAI's word for an answer that a filter has stopped. */
export const BLOCKED_FINISH = 'content_filter';

export interface GuardedCompletion {
  readonly answer: ChatCompletionAnswer;
  readonly output: TimedVerdict;
}

/**
 * The completion of a model → the one that the guardrail lets through. A blocked one has its message in place of every
 * choice, without calls of tools.
 * @throws BedrockException when the content filters fail
 */
export async function guardCompletion(
  completion: ChatCompletionAnswer,
  guard: ConverseGuard,
): Promise<GuardedCompletion> {
  const choices = completion.choices ?? [];
  const texts: string[] = [];
  for (const { message } of choices) {
    mapMessageTexts(message ?? {}, ANSWER_TEXTS, (text) => (texts.push(text), text));
  }
  const output = await guard.examineOutput(texts);
  const { decision, texts: assessed } = output.verdict;
  if (decision === 'none') return { answer: completion, output };
  const { blockedOutputsMessaging } = guard.call.guardrail.policy.settings;
  const masked = assessed.map((text) => text.masked);
  return {
    answer: {
      ...completion,
      choices: choices.map((choice, index) =>
        decision === 'blocked'
          ? blockedChoice(choice.index ?? index, blockedOutputsMessaging)
          : maskedChoice(choice, masked),
      ),
    },
    output,
  };
}

export function blockedChoice(index: number, content: string): ChoiceAnswer {
  return {
    index,
    message: { role: 'assistant', content, refusal: null },
    finish_reason: BLOCKED_FINISH,
  };
}

/** @param masked the texts of all choices; those of this one are taken from its beginning */
function maskedChoice(choice: ChoiceAnswer, masked: string[]): ChoiceAnswer {
  const message: MessageAnswer = mapMessageTexts(
    choice.message ?? {},
    ANSWER_TEXTS,
    () => masked.shift() ?? '',
  );
  return Object.assign(withoutCopies(choice), { message });
}

/** A choice without further copies of its text. */
export function withoutCopies(choice: ChoiceAnswer): ChoiceAnswer {
  return Object.fromEntries(Object.entries(choice).filter(([name]) => !COPIES.has(name)));
}

const COPIES: ReadonlySet<string> = new Set(['logprobs', 'message', 'text']);
