import type { StopReason } from '../../bedrock/converse/converse-response.js';
import type { ChoiceAnswer } from '../../openai/chat-completion.js';
import { textOf } from '../json-value.js';
import { finishReasonToStopReason, isToolFinish } from '../response/stop-reason.js';
import { hasToolCalls } from './chat-answer.js';

/** Which choices of a stream have begun, which have finished, and how the first one did. */
export class ChoiceFinishes {
  readonly #unfinished = new Set<number>();
  readonly #finished = new Set<number>();
  #reason: string | undefined;
  #native: string | undefined;
  #hasToolCalls = false;
  #hasText = false;

  /** At least one choice has finished, and none that has begun is unfinished. */
  get areComplete(): boolean {
    return this.#finished.size > 0 && this.#unfinished.size === 0;
  }

  get stopReason(): StopReason {
    return finishReasonToStopReason({
      finishReason: this.#reason,
      nativeFinishReason: this.#native,
      hasToolUse: this.#hasToolCalls,
      hasText: this.#hasText,
      malformedToolUse: false,
    });
  }

  read(choice: ChoiceAnswer): void {
    const index = choice.index ?? 0;
    const reason = textOf(choice.finish_reason);
    if (reason !== undefined) {
      this.#unfinished.delete(index);
      this.#finished.add(index);
    } else if (!this.#finished.has(index)) this.#unfinished.add(index);
    if (index === 0) this.#readFirst(choice, reason);
  }

  #readFirst(choice: ChoiceAnswer, reason: string | undefined): void {
    this.#hasToolCalls ||= hasToolCalls(choice.delta);
    this.#hasText ||= textOf(choice.delta?.content) !== undefined;
    this.#native ??= textOf(choice.native_finish_reason);
    // some servers send `stop` first and correct it to `tool_calls`
    const corrects = this.#reason === 'stop' && isToolFinish({ finish_reason: reason });
    if (this.#reason === undefined || corrects) this.#reason = reason;
  }
}
