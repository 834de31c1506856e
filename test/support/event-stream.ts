import { deepStrictEqual } from 'node:assert/strict';
import { EventStreamCodec } from '@smithy/core/event-streams';

/** An event or an exception of a stream as a union with one member, the way the SDKs show it. */
export type StreamEvent = Record<string, unknown>;

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

/**
 * A body of `application/vnd.amazon.eventstream`, read by the official codec → its events.
 * @throws Error for a wrong checksum, a cut frame, or headers that Bedrock does not send
 */
export function decodeEventStream(body: Uint8Array): StreamEvent[] {
  const bytes = Buffer.from(body);
  const events: StreamEvent[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = start + bytes.readUInt32BE(start);
    if (end > bytes.length) throw new Error(`the stream ends inside a frame, after ${events.length} events`);
    events.push(decodeFrame(bytes.subarray(start, end)));
    start = end;
  }
  return events;
}

function decodeFrame(frame: Buffer): StreamEvent {
  const { headers, body } = codec.decode(frame);
  const values = Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
  const kind = values[':message-type'] === 'exception' ? 'exception' : 'event';
  const name = values[`:${kind}-type`];
  const expected = { [`:${kind}-type`]: name, ':content-type': 'application/json', ':message-type': kind };
  // without Jest, because a script reads streams as well
  if (typeof name !== 'string') throw new Error(`a frame without its ${kind}-type`);
  deepStrictEqual(values, expected);
  return { [name]: JSON.parse(Buffer.from(body).toString()) };
}
