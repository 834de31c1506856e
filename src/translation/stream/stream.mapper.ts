import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { TranslationOptions } from '../translation.options.js';
import { StreamedAnswer } from './streamed-answer.js';

/** Chunks → the events of ConverseStream. */
@Injectable()
export class StreamMapper {
  constructor(private readonly options: TranslationOptions) {}

  /**
   * One array of events for every batch that amounts to any; the first begins with messageStart and comes with
   * the first content, reasoning, tool call or finish_reason. `elapsedMs` gives milliseconds. Leaving the
   * generator leaves the batches.
   * @throws UpstreamError what the batches throw; `status` when the model failed; `unusable` when the stream
   * ends before its message does. The message is not ended then.
   */
  async *map(
    batches: AsyncIterable<readonly ChatCompletionAnswer[]>,
    request: ConverseRequestDto,
    target: UpstreamTarget,
    elapsedMs: () => number,
  ): AsyncGenerator<ConverseStreamEvent[]> {
    const answer = new StreamedAnswer(request, target, this.options.newToolUseId);
    for await (const batch of batches) {
      const failure = failureOf(() => {
        for (const chunk of batch) answer.read(chunk);
      });
      const events = answer.take();
      if (events.length > 0) yield events;
      if (failure !== undefined) throw failure.error;
    }
    answer.end(elapsedMs());
    yield answer.take();
  }
}

/** What came before a failure in the same batch is still told: where the bytes were split must not matter. */
function failureOf(read: () => void): { error: unknown } | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return { error };
  }
}
