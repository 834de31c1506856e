import type { BedrockException, BedrockExceptionName } from '../bedrock.exception.js';
import type { ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { eventToMessage } from './event-message.js';
import { eventHeaders, exceptionHeaders, FrameTemplate } from './frame-template.js';
import { type Message, toMessage } from './message.js';

/** The members of the stream's union that are exceptions: clients give the type to no other name. */
const EXCEPTIONS: Partial<Record<BedrockExceptionName, FrameTemplate>> = {
  InternalServerException: exceptionTemplate('internalServerException'),
  ModelStreamErrorException: exceptionTemplate('modelStreamErrorException'),
  ServiceUnavailableException: exceptionTemplate('serviceUnavailableException'),
  ThrottlingException: exceptionTemplate('throttlingException'),
  ValidationException: exceptionTemplate('validationException'),
};
const UNTYPED_EXCEPTION = exceptionTemplate('internalServerException');

/** A frame of an event type that the AWS SDKs do not know and skip. */
export const unknownEventFrame: Buffer = toFrames([
  toMessage(new FrameTemplate(eventHeaders('keepAlive')), {}),
]);

/** Events → frames of `application/vnd.amazon.eventstream`, one behind the other in one Buffer. */
export function encodeEvents(events: readonly ConverseStreamEvent[]): Buffer {
  return toFrames(events.map(eventToMessage));
}

/**
 * An exception → the frame that ends a stream. A stream can carry five of Bedrock's exceptions; any other is
 * sent as `internalServerException`, because clients would show it as an untyped error without a message.
 */
export function encodeException(exception: BedrockException): Buffer {
  const payload = { message: exception.message, ...exception.fields };
  return toFrames([toMessage(EXCEPTIONS[exception.name] ?? UNTYPED_EXCEPTION, payload)]);
}

function toFrames(messages: readonly Message[]): Buffer {
  let totalBytes = 0;
  for (const { template, textBytes } of messages) totalBytes += template.overheadBytes + textBytes;
  const frames = Buffer.allocUnsafe(totalBytes);
  let offset = 0;
  for (const { template, text, textBytes } of messages) {
    offset = template.write(frames, offset, text, textBytes);
  }
  return frames;
}

function exceptionTemplate(type: string): FrameTemplate {
  return new FrameTemplate(exceptionHeaders(type));
}
