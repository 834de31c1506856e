import type { AnswerSummary } from '../../observability/operation-report.js';

/** How one operation's events become frames of an event stream. */
export interface EventFormat<Event> {
  /** The first event of every stream. It can be sent before the upstream has answered. */
  readonly firstEvent: Event;
  /** The frames of a batch of events, in one buffer. */
  encode(this: void, events: readonly Event[]): Buffer;
  /** A frame that carries nothing and that clients skip. It must be legal after the event `last`. */
  keepAlive(this: void, last: Event | undefined): Buffer;
  /** What the batch says about the whole answer; undefined unless the batch ends the answer. */
  summarize(this: void, events: readonly Event[]): AnswerSummary | undefined;
}
