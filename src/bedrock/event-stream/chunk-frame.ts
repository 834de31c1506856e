import { eventHeaders, FrameTemplate } from './frame-template.js';
import type { Message } from './message.js';

const CHUNK = new FrameTemplate(eventHeaders('chunk'), '{"bytes":"', '"}');

/**
 * A chunk of InvokeModelWithResponseStream → its message, `{"bytes": base64 of the JSON}`. The payload is one line
 * without a `}` inside, because Cohere's client finds it by a regular expression.
 */
export function chunkToMessage(chunk: object): Message {
  const text = Buffer.from(JSON.stringify(chunk)).toString('base64');
  return { template: CHUNK, text, textBytes: text.length };
}
