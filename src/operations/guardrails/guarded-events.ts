import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { OpenEvents } from '../event-stream/open-events.js';
import type { OutputGuard } from './output-guard.js';

type Events = AsyncGenerator<ConverseStreamEvent[], void>;

/**
 * The events of a model → those that the guardrail lets through. Text is examined, and in the mode `sync` held back until
 * then; everything else passes.
 */
export async function* guardedEvents(
  { first, rest }: OpenEvents<ConverseStreamEvent>,
  guard: OutputGuard,
): Events {
  const stream = new GuardedStream(guard);
  yield* stream.pass(first);
  if (rest === undefined || stream.isOver) return;
  for await (const batch of rest) {
    yield* stream.pass(batch);
    if (stream.isOver) return;
  }
}

/** One stream on its way through a guardrail. */
class GuardedStream {
  #isOver = false;
  /** The block that the client knows of and that has not ended. */
  #openBlock: number | undefined;
  #lastBlock = 0;
  #lastEnded = -1;
  #hasText = false;

  constructor(private readonly guard: OutputGuard) {}

  get isOver(): boolean {
    return this.#isOver;
  }

  async *pass(batch: readonly ConverseStreamEvent[]): Events {
    const passed: ConverseStreamEvent[] = [];
    for (const event of batch) {
      passed.push(...(await this.#passEvent(event)));
      if (this.#isOver) break;
    }
    if (passed.length > 0) yield passed;
  }

  async #passEvent(event: ConverseStreamEvent): Promise<ConverseStreamEvent[]> {
    if ('contentBlockDelta' in event && 'text' in event.contentBlockDelta.delta) {
      const { contentBlockIndex: index, delta } = event.contentBlockDelta;
      this.#lastBlock = index;
      return this.#texts(index, await this.guard.add(index, delta.text));
    }
    if ('contentBlockStop' in event) return this.#stop(event.contentBlockStop.contentBlockIndex);
    if ('messageStop' in event) return this.#end(event);
    if ('metadata' in event) return [{ metadata: this.guard.withTrace(event.metadata) }];
    this.#see(event);
    return [event];
  }

  async #stop(index: number): Promise<ConverseStreamEvent[]> {
    const texts = this.#texts(index, await this.guard.end(index));
    if (this.#isOver) return texts;
    this.#openBlock = undefined;
    this.#lastEnded = index;
    return [...texts, { contentBlockStop: { contentBlockIndex: index } }];
  }

  async #end(event: ConverseStreamEvent & { messageStop: object }): Promise<ConverseStreamEvent[]> {
    if (await this.guard.isBlockedAtEnd()) return this.#blocked();
    if (!this.guard.isMasked) return [event];
    return [{ messageStop: { ...event.messageStop, stopReason: 'guardrail_intervened' } }];
  }

  #texts(index: number, texts: readonly string[]): ConverseStreamEvent[] {
    const events = texts
      .filter((text) => text !== '')
      .map((text): ConverseStreamEvent => ({
        contentBlockDelta: { contentBlockIndex: index, delta: { text } },
      }));
    if (events.length > 0) {
      this.#openBlock = index;
      this.#hasText = true;
    }
    return this.guard.isBlocked ? [...events, ...this.#blocked()] : events;
  }

  /** The message in place of the text, the end of the block, and the end of the stream. */
  #blocked(): ConverseStreamEvent[] {
    this.#isOver = true;
    const { message, metadata } = this.guard.ending();
    const isTold = !this.#hasText || this.guard.isAsync;
    const index = this.#openBlock ?? Math.max(this.#lastBlock, this.#lastEnded + 1);
    const isOpen = isTold || this.#openBlock !== undefined;
    return [
      ...(isTold ? [{ contentBlockDelta: { contentBlockIndex: index, delta: { text: message } } }] : []),
      ...(isOpen ? [{ contentBlockStop: { contentBlockIndex: index } }] : []),
      { messageStop: { stopReason: 'guardrail_intervened' as const } },
      { metadata },
    ];
  }

  #see(event: ConverseStreamEvent): void {
    if ('contentBlockStart' in event) this.#openBlock = event.contentBlockStart.contentBlockIndex;
    if ('contentBlockDelta' in event) this.#openBlock = event.contentBlockDelta.contentBlockIndex;
    this.#lastBlock = this.#openBlock ?? this.#lastBlock;
  }
}
