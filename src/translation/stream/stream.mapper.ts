import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { type AnswerShare, HeldBytes } from '../../openai/held-bytes.js';
import type { PullSource } from '../../streaming/pull-source.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { TranslationOptions } from '../translation.options.js';
import { ChunkEvents } from './chunk-events.js';
import { type EventOrigin, eventOrigins } from './event-origins.js';
import { StreamedAnswer } from './streamed-answer.js';

type Batch = readonly ChatCompletionAnswer[];

export interface StreamMapOptions {
  /** Milliseconds since the call began. */
  elapsedMs(this: void): number;
  /** The budget that answer content counts against until an event carries it. */
  readonly share?: AnswerShare;
}

/** Chat completion chunks → ConverseStream events. */
@Injectable()
export class StreamMapper {
  constructor(private readonly options: TranslationOptions) {}

  /**
   * Batches of chunks → one array of events for each batch that yields any. The first array begins with messageStart
   * and comes with the first content, reasoning, tool call or finish_reason. Cancelling the events cancels the batches.
   * The events fail with an UpstreamError: the error of the batches, `status` when the model failed, or `unusable` when
   * the stream ends before its message. In these cases no messageStop is sent.
   */
  map(
    batches: PullSource<Batch>,
    request: ConverseRequestDto,
    target: UpstreamTarget,
    { elapsedMs, share }: StreamMapOptions,
  ): PullSource<ConverseStreamEvent[]> {
    const answer = new StreamedAnswer(request, target, this.options.newToolUseId);
    return new ChunkEvents(batches, answer, elapsedMs, new HeldBytes(share));
  }

  /** The events of the same stream, with the indexes of the batches that they come from. */
  origins(
    batches: readonly Batch[],
    request: ConverseRequestDto,
    target: UpstreamTarget,
  ): readonly EventOrigin<ConverseStreamEvent>[] {
    return eventOrigins(new StreamedAnswer(request, target, this.options.newToolUseId), batches);
  }
}
