import type { BedrockException, BedrockExceptionName } from '../bedrock.exception.js';
import type { ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { chunkToMessage } from './chunk-frame.js';
import { deltaToMessage } from './delta-message.js';
import { eventHeaders, exceptionHeaders, FrameTemplate } from './frame-template.js';
import { type Message, toMessage } from './message.js';

const MESSAGE_START = new FrameTemplate(eventHeaders('messageStart'));
const BLOCK_START = new FrameTemplate(eventHeaders('contentBlockStart'));
const BLOCK_STOP = new FrameTemplate(eventHeaders('contentBlockStop'));
const MESSAGE_STOP = new FrameTemplate(eventHeaders('messageStop'));
const METADATA = new FrameTemplate(eventHeaders('metadata'));

/** Exceptions with a member in the stream's union. Clients show any other as an untyped error without a message. */
const EXCEPTIONS: Partial<Record<BedrockExceptionName, FrameTemplate>> = {
  InternalServerException: exceptionTemplate('internalServerException'),
  ModelStreamErrorException: exceptionTemplate('modelStreamErrorException'),
  ServiceUnavailableException: exceptionTemplate('serviceUnavailableException'),
  ThrottlingException: exceptionTemplate('throttlingException'),
  ValidationException: exceptionTemplate('validationException'),
};
/** Only InvokeModelWithResponseStream has it. */
const TIMEOUT_EXCEPTION = exceptionTemplate('modelTimeoutException');
const UNTYPED_EXCEPTION = exceptionTemplate('internalServerException');

/** A frame with an event type that AWS SDKs do not know, so they skip it. */
export const unknownEventFrame: Buffer = toFrames([
  toMessage(new FrameTemplate(eventHeaders('keepAlive')), {}),
]);

/** Events → consecutive frames of `application/vnd.amazon.eventstream` in one Buffer. */
export function encodeEvents(events: readonly ConverseStreamEvent[]): Buffer {
  return toFrames(events.map(eventToMessage));
}

/** Chunks of InvokeModelWithResponseStream → consecutive frames in one Buffer. */
export function encodeChunks(chunks: readonly object[]): Buffer {
  return toFrames(chunks.map(chunkToMessage));
}

/** An event → its message. The payload is the event's only member, whose name is sent in a header. */
function eventToMessage(event: ConverseStreamEvent): Message {
  if ('contentBlockDelta' in event) return deltaToMessage(event.contentBlockDelta);
  if ('contentBlockStop' in event) return toMessage(BLOCK_STOP, event.contentBlockStop);
  if ('contentBlockStart' in event) return toMessage(BLOCK_START, event.contentBlockStart);
  if ('messageStart' in event) return toMessage(MESSAGE_START, event.messageStart);
  if ('messageStop' in event) return toMessage(MESSAGE_STOP, event.messageStop);
  return toMessage(METADATA, event.metadata);
}

/** The same for InvokeModelWithResponseStream, whose union has one exception more. */
export function encodeInvokeException(exception: BedrockException): Buffer {
  if (exception.name !== 'ModelTimeoutException') return encodeException(exception);
  return toFrames([toMessage(TIMEOUT_EXCEPTION, { message: exception.message })]);
}

/**
 * An exception → the frame that ends a stream. A stream can carry five of Bedrock's exceptions. Any other is sent as
 * `internalServerException`.
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
