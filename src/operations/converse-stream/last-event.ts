import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { type Receiver, Source } from '../../openai/source.js';
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

class FollowedEvents extends Source<Batch> implements Receiver<Batch> {
  #to: Receiver<Batch> | undefined;

  constructor(
    private readonly events: Source<Batch>,
    private readonly last: LastEvent,
  ) {
    super();
  }

  pull(to: Receiver<Batch>): void {
    this.#to = to;
    this.events.pull(this);
  }

  cancel(): void {
    this.events.cancel();
  }

  value(batch: Batch): void {
    this.last.note(batch);
    this.#to?.value(batch);
  }

  end(): void {
    this.#to?.end();
  }

  fail(error: unknown): void {
    this.#to?.fail(error);
  }
}
