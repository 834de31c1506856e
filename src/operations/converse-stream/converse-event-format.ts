import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, encodeException } from '../../bedrock/event-stream/frame.js';
import { keepAliveFrame } from '../../bedrock/event-stream/keep-alive.js';
import type { AnswerSummary } from '../../observability/operation-report.js';
import { EVENT_STREAM, type EventFormat } from '../event-stream/event-format.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html */
export const CONVERSE_EVENT_FORMAT: EventFormat<ConverseStreamEvent> = {
  contentType: EVENT_STREAM,
  firstEvent: { messageStart: { role: 'assistant' } },
  encode: encodeEvents,
  encodeException,
  keepAlive: keepAliveFrame,
  summarize: summarizeConverseEvents,
};

/** `metadata` ends a stream, and `messageStop` stands before it in the same batch. */
function summarizeConverseEvents(events: readonly ConverseStreamEvent[]): AnswerSummary | undefined {
  const last = events.at(-1);
  if (last === undefined || !('metadata' in last)) return undefined;
  const { usage } = last.metadata;
  const stop = events.at(-2);
  const stopReason = stop !== undefined && 'messageStop' in stop ? stop.messageStop.stopReason : undefined;
  return { usage, stopReason };
}
