import type { BedrockException, BedrockExceptionName } from '../bedrock.exception.js';
import type { ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { MessagePrefix } from './message-prefix.js';
import { eventPayload } from './payload.js';

type NameOf<Event> = Event extends unknown ? keyof Event : never;
type EventName = NameOf<ConverseStreamEvent>;

const EVENTS: Readonly<Record<EventName, MessagePrefix>> = {
  messageStart: eventPrefix('messageStart'),
  contentBlockStart: eventPrefix('contentBlockStart'),
  contentBlockDelta: eventPrefix('contentBlockDelta'),
  contentBlockStop: eventPrefix('contentBlockStop'),
  messageStop: eventPrefix('messageStop'),
  metadata: eventPrefix('metadata'),
};

/** The members of the stream's union that are exceptions: clients give the type to no other name. */
const EXCEPTIONS: Partial<Record<BedrockExceptionName, MessagePrefix>> = {
  InternalServerException: exceptionPrefix('internalServerException'),
  ModelStreamErrorException: exceptionPrefix('modelStreamErrorException'),
  ServiceUnavailableException: exceptionPrefix('serviceUnavailableException'),
  ThrottlingException: exceptionPrefix('throttlingException'),
  ValidationException: exceptionPrefix('validationException'),
};
const UNTYPED_EXCEPTION = exceptionPrefix('internalServerException');

/** A frame of an event type that the AWS SDKs do not know and skip. */
export const keepAliveFrame: Buffer = toFrame(eventPrefix('keepAlive'), '{}');

/** One event → one frame of `application/vnd.amazon.eventstream`. */
export function encodeEvent(event: ConverseStreamEvent): Buffer {
  const name = eventName(event);
  return toFrame(EVENTS[name], eventPayload(event));
}

/** Events → their frames, one behind the other in one Buffer. */
export function encodeEvents(events: readonly ConverseStreamEvent[]): Buffer {
  const [first] = events;
  if (first !== undefined && events.length === 1) return encodeEvent(first);
  let totalBytes = 0;
  const frames = events.map((event) => {
    const name = eventName(event);
    const payload = eventPayload(event);
    const payloadBytes = Buffer.byteLength(payload);
    totalBytes += EVENTS[name].overheadBytes + payloadBytes;
    return { name, payload, payloadBytes };
  });
  const buffer = Buffer.allocUnsafe(totalBytes);
  let offset = 0;
  for (const { name, payload, payloadBytes } of frames) {
    offset = EVENTS[name].write(buffer, offset, payload, payloadBytes);
  }
  return buffer;
}

/**
 * An exception → the frame that ends a stream. A stream can carry five of Bedrock's exceptions; any other is
 * sent as `internalServerException`, because clients would show it as an untyped error without a message.
 */
export function encodeException(exception: BedrockException): Buffer {
  const payload = JSON.stringify({ message: exception.message, ...exception.fields });
  return toFrame(EXCEPTIONS[exception.name] ?? UNTYPED_EXCEPTION, payload);
}

function eventName(event: ConverseStreamEvent): EventName {
  if ('contentBlockDelta' in event) return 'contentBlockDelta';
  if ('contentBlockStop' in event) return 'contentBlockStop';
  if ('contentBlockStart' in event) return 'contentBlockStart';
  if ('messageStart' in event) return 'messageStart';
  return 'messageStop' in event ? 'messageStop' : 'metadata';
}

function toFrame(prefix: MessagePrefix, payload: string): Buffer {
  const payloadBytes = Buffer.byteLength(payload);
  const frame = Buffer.allocUnsafe(prefix.overheadBytes + payloadBytes);
  prefix.write(frame, 0, payload, payloadBytes);
  return frame;
}

function eventPrefix(type: string): MessagePrefix {
  return messagePrefix('event', type);
}

function exceptionPrefix(type: string): MessagePrefix {
  return messagePrefix('exception', type);
}

/** The headers in the order in which Bedrock sends them. */
function messagePrefix(kind: 'event' | 'exception', type: string): MessagePrefix {
  return new MessagePrefix([
    [`:${kind}-type`, type],
    [':content-type', 'application/json'],
    [':message-type', kind],
  ]);
}
