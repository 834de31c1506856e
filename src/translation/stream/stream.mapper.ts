import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { type AnswerShare, HeldBytes } from '../../openai/held-bytes.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { TranslationOptions } from '../translation.options.js';
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
    return new StreamedEvents(batches, answer, elapsedMs, new HeldBytes(share));
  }
}

/** Batches of chunks → batches of events. */
class StreamedEvents extends PullSource<ConverseStreamEvent[]> implements PullSink<Batch> {
  #to: PullSink<ConverseStreamEvent[]> | undefined;
  #failure: { error: unknown } | undefined;
  #isOver = false;

  constructor(
    private readonly batches: PullSource<Batch>,
    private readonly answer: StreamedAnswer,
    private readonly elapsedMs: () => number,
    private readonly held: HeldBytes,
  ) {
    super();
  }

  pull(to: PullSink<ConverseStreamEvent[]>): void {
    this.#to = to;
    if (this.#isOver) return to.done();
    if (this.#failure === undefined) return this.batches.pull(this);
    this.cancel();
    to.error(this.#failure.error);
  }

  cancel(): void {
    this.#isOver = true;
    this.held.set(0);
    this.batches.cancel();
  }

  next(batch: Batch): void {
    // events of earlier chunks in a failing batch are still sent, so that the split into batches makes no difference
    try {
      for (const chunk of batch) this.answer.read(chunk);
    } catch (error) {
      this.#failure = { error };
    }
    const noRoom = this.held.set(this.answer.keptBytes);
    if (noRoom !== undefined) this.#failure ??= { error: noRoom };
    const events = this.answer.take();
    if (this.#to === undefined) return;
    if (events.length > 0) this.#to.next(events);
    else this.pull(this.#to);
  }

  done(): void {
    this.#isOver = true;
    this.held.set(0);
    try {
      this.answer.end(this.elapsedMs());
    } catch (error) {
      return this.#to?.error(error);
    }
    this.#to?.next(this.answer.take());
  }

  error(error: unknown): void {
    this.#isOver = true;
    this.held.set(0);
    this.#to?.error(error);
  }
}
