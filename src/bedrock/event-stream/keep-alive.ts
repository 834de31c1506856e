import type { ContentBlockDeltaEvent, ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { encodeEvents, unknownEventFrame } from './frame.js';

/**
 * The event that was sent last → a frame that says nothing and that clients pass over. In an open block it is a delta
 * of no characters, which every client knows and adds to the block. Elsewhere it is an event of an unknown type, which
 * SDKs skip: a delta would begin a block that is not there.
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
  // behind a signature the text of the reasoning is over
  if (!('text' in delta.reasoningContent)) return undefined;
  return { contentBlockIndex, delta: { reasoningContent: { text: '' } } };
}
