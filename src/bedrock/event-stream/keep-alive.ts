import type { ContentBlockDeltaEvent, ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { encodeEvents, unknownEventFrame } from './frame.js';

/**
 * The last event sent → a frame without content, which keeps the connection alive. Within an open block it is an empty
 * delta, which every client accepts. Outside of a block a delta would open one, so it is an event of an unknown type,
 * which SDKs skip.
 */
export function keepAliveFrame(last: ConverseStreamEvent | undefined): Buffer {
  const delta = last === undefined ? undefined : emptyDelta(last);
  return delta === undefined ? unknownEventFrame : encodeEvents([{ contentBlockDelta: delta }]);
}

function emptyDelta(last: ConverseStreamEvent): ContentBlockDeltaEvent | undefined {
  if ('contentBlockStart' in last) {
    const { contentBlockIndex } = last.contentBlockStart;
    return { contentBlockIndex, delta: { toolUse: { input: '' } } };
  }
  if (!('contentBlockDelta' in last)) return undefined;
  const { contentBlockIndex, delta } = last.contentBlockDelta;
  if ('text' in delta) return { contentBlockIndex, delta: { text: '' } };
  if ('toolUse' in delta) return { contentBlockIndex, delta: { toolUse: { input: '' } } };
  // after the signature no text of the reasoning follows
  if (!('text' in delta.reasoningContent)) return undefined;
  return { contentBlockIndex, delta: { reasoningContent: { text: '' } } };
}
