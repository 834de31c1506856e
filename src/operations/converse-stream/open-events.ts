import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { PullSource } from '../../streaming/pull-source.js';

type Batch = ConverseStreamEvent[];

/** A stream that has begun: its first batch, which starts with messageStart, and what follows. */
export interface OpenEvents {
  readonly first: Batch;
  readonly rest?: PullSource<Batch>;
}

/** Waits for the first batch. Rejects with what the source throws until then. */
export async function openEvents(events: PullSource<Batch>): Promise<OpenEvents> {
  const { value, done } = await events.read();
  return done === true ? { first: [] } : { first: value, rest: events };
}
