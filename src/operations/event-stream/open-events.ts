import type { PullSource } from '../../streaming/pull-source.js';

/** A stream whose first batch has arrived: that batch, which starts with the first event of the format, and the rest. */
export interface OpenEvents<Event> {
  readonly first: Event[];
  readonly rest?: PullSource<Event[]>;
}

/** Waits for the first batch. Rejects with the error of the source when there is none. */
export async function openEvents<Event>(events: PullSource<Event[]>): Promise<OpenEvents<Event>> {
  const { value, done } = await events.read();
  return done === true ? { first: [] } : { first: value, rest: events };
}
