import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';
import type { OpenEvents } from './open-events.js';

type Batch = ConverseStreamEvent[];

/** The event of a stream that went by last. */
export class LastEvent {
  #event: ConverseStreamEvent | undefined;

  get event(): ConverseStreamEvent | undefined {
    return this.#event;
  }

  /** Gives the same events. */
  follow({ first, rest }: OpenEvents): OpenEvents {
    this.note(first);
    return rest === undefined ? { first } : { first, rest: new FollowedEvents(rest, this) };
  }

  note(batch: Batch): void {
    this.#event = batch.at(-1) ?? this.#event;
  }
}

class FollowedEvents extends PullSource<Batch> implements PullSink<Batch> {
  #to: PullSink<Batch> | undefined;

  constructor(
    private readonly events: PullSource<Batch>,
    private readonly last: LastEvent,
  ) {
    super();
  }

  pull(to: PullSink<Batch>): void {
    this.#to = to;
    this.events.pull(this);
  }

  cancel(): void {
    this.events.cancel();
  }

  next(batch: Batch): void {
    this.last.note(batch);
    this.#to?.next(batch);
  }

  done(): void {
    this.#to?.done();
  }

  error(error: unknown): void {
    this.#to?.error(error);
  }
}
