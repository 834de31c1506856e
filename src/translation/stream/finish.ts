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

/** What the chunks say about the end of the message. Saying so does not end the stream. */
export class Finish {
  /** The stop sequence of the request that ended the text, where the server reports it. */
  matchedStop?: string;

  private reason?: string;
  private native?: string;

  constructor(private readonly stopSequences: readonly string[]) {}

  get seen(): boolean {
    return this.reason !== undefined;
  }

  /** A limit ended the message. */
  get cut(): boolean {
    return isLimitFinish(this.words);
  }

  read(chunk: ChatCompletionAnswer, choice: ChoiceAnswer): void {
    this.native ??= textOf(choice.native_finish_reason);
    this.matchedStop ??= matchedStopSequence(choice, this.stopSequences);
    const reason = textOf(choice.finish_reason) ?? completionFinish(chunk, choice);
    // some servers say `stop` first, and then that there are tool calls
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

  private get words(): FinishReasons {
    return { finish_reason: this.reason, native_finish_reason: this.native };
  }
}

/** A whole completion in place of a stream is finished, even when it does not say how. */
function completionFinish(chunk: ChatCompletionAnswer, choice: ChoiceAnswer): string | undefined {
  const whole = chunk.object === 'chat.completion' && objectOf(choice.message) !== undefined;
  return whole ? 'stop' : undefined;
}
