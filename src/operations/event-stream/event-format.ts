import type { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { AnswerSummary } from '../../observability/operation-report.js';

/** AWS's binary frames. */
export const EVENT_STREAM = 'application/vnd.amazon.eventstream';

/**
 * How one operation's events become bytes: frames of AWS's event stream, or server-sent events. A format may belong to one
 * stream, when its first event names the request.
 */
export interface EventFormat<Event> {
  readonly contentType: string;
  /**
   * The event that every stream begins with, if it is known before the upstream has answered: then it can be sent before.
   * Without it, a silent stream begins with a keep-alive frame.
   */
  readonly firstEvent?: Event;
  /** The frames of a batch of events, in one buffer. */
  encode(this: void, events: readonly Event[]): Buffer;
  /** A stream can end with a `ModelTimeoutException`. Left out: it cannot. */
  readonly hasTimeouts?: boolean;
  /** The frame that ends a failed stream. */
  encodeException(this: void, exception: BedrockException): Buffer;
  /** A frame that carries nothing and that clients skip. It must be legal after the event `last`. */
  keepAlive(this: void, last: Event | undefined): Buffer;
  /** What the batch says about the whole answer; undefined unless the batch ends the answer. */
  summarize(this: void, events: readonly Event[]): AnswerSummary | undefined;
}
