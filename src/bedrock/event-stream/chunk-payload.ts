import { eventHeaders } from './frame-template.js';

/**
 * A frame of InvokeModelWithResponseStream: `{"bytes": base64 of the JSON}`. The payload is one line without a `}` inside,
 * because Cohere's client finds it by a regular expression.
 */
export const CHUNK_PAYLOAD = {
  headers: eventHeaders('chunk'),
  opening: '{"bytes":"',
  closing: '"}',
} as const;
