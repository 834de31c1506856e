import { type PullSink, PullSource } from '../../streaming/pull-source.js';
import type { OpenEvents } from './open-events.js';

/** Remembers the most recent event of a stream. */
export class LastEvent<Event> {
  #event: Event | undefined;

  get event(): Event | undefined {
    return this.#event;
  }

  /** Returns the same events, and observes them as they pass. */
  follow({ first, rest }: OpenEvents<Event>): OpenEvents<Event> {
    this.observe(first);
    return rest === undefined ? { first } : { first, rest: new FollowedEvents(rest, this) };
  }

  observe(batch: Event[]): void {
    this.#event = batch.at(-1) ?? this.#event;
  }
}

class FollowedEvents<Event> extends PullSource<Event[]> implements PullSink<Event[]> {
  #sink: PullSink<Event[]> | undefined;

  constructor(
    private readonly events: PullSource<Event[]>,
    private readonly last: LastEvent<Event>,
  ) {
    super();
  }

  pull(sink: PullSink<Event[]>): void {
    this.#sink = sink;
    this.events.pull(this);
  }

  cancel(): void {
    this.events.cancel();
  }

  next(batch: Event[]): void {
    this.last.observe(batch);
    this.#sink?.next(batch);
  }

  done(): void {
    this.#sink?.done();
  }

  error(error: unknown): void {
    this.#sink?.error(error);
  }
}
