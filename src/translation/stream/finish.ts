import type { StopReason } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { objectOf, textOf } from '../json-value.js';
import type { FinishReasons } from '../response/finish-reason.js';
import {
  type FinishFacts,
  finishReasonToStopReason,
  isLimitFinish,
  isToolFinish,
  matchedStopSequence,
} from '../response/stop-reason.js';

/** Collects what chunks say about the end of the message: finish reasons and the matched stop sequence. */
export class Finish {
  /** The stop sequence that ended the text. Few servers report it. */
  matchedStop?: string;

  private reason?: string;
  private native?: string;

  constructor(private readonly stopSequences: readonly string[]) {}

  get seen(): boolean {
    return this.reason !== undefined;
  }

  /** A token limit ended the message. */
  get isCut(): boolean {
    return isLimitFinish(this.reasons);
  }

  read(chunk: ChatCompletionAnswer, choice: ChoiceAnswer): void {
    this.native ??= textOf(choice.native_finish_reason);
    this.matchedStop ??= matchedStopSequence(choice, this.stopSequences);
    const reason = textOf(choice.finish_reason) ?? completionFinish(chunk, choice);
    // some servers send `stop` first and correct it to `tool_calls`
    const corrects = this.reason === 'stop' && isToolFinish({ finish_reason: reason });
    if (this.reason === undefined || corrects) this.reason = reason;
  }

  stopReason(content: Pick<FinishFacts, 'hasToolUse' | 'hasText' | 'malformedToolUse'>): StopReason {
    return finishReasonToStopReason({
      finishReason: this.reason,
      nativeFinishReason: this.native,
      matchedStop: this.matchedStop,
      ...content,
    });
  }

  private get reasons(): FinishReasons {
    return { finish_reason: this.reason, native_finish_reason: this.native };
  }
}

/** A server may answer with one whole completion. It is finished even without a finish_reason. */
function completionFinish(chunk: ChatCompletionAnswer, choice: ChoiceAnswer): string | undefined {
  const whole = chunk.object === 'chat.completion' && objectOf(choice.message) !== undefined;
  return whole ? 'stop' : undefined;
}
