import type { ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { deltaToMessage } from './delta-message.js';
import { eventHeaders, FrameTemplate } from './frame-template.js';
import { type Message, toMessage } from './message.js';

const MESSAGE_START = new FrameTemplate(eventHeaders('messageStart'));
const BLOCK_START = new FrameTemplate(eventHeaders('contentBlockStart'));
const BLOCK_STOP = new FrameTemplate(eventHeaders('contentBlockStop'));
const MESSAGE_STOP = new FrameTemplate(eventHeaders('messageStop'));
const METADATA = new FrameTemplate(eventHeaders('metadata'));

/** An event → its message. The payload is its one member, whose name travels in a header. */
export function eventToMessage(event: ConverseStreamEvent): Message {
  if ('contentBlockDelta' in event) return deltaToMessage(event.contentBlockDelta);
  if ('contentBlockStop' in event) return toMessage(BLOCK_STOP, event.contentBlockStop);
  if ('contentBlockStart' in event) return toMessage(BLOCK_START, event.contentBlockStart);
  if ('messageStart' in event) return toMessage(MESSAGE_START, event.messageStart);
  if ('messageStop' in event) return toMessage(MESSAGE_STOP, event.messageStop);
  return toMessage(METADATA, event.metadata);
}
