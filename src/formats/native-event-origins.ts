import type { ConverseStreamEvent } from '../bedrock/converse/converse-stream-event.js';
import type { NativeStream } from './hub-format.js';
import { ValueMarks } from './value-marks.js';

/**
 * For each chunk of a native stream the indexes of the Converse events that it was made of: those whose values are in it,
 * or else the one that caused it. The writer is run once more, on marks in place of the events' values.
 * @param stream a new one
 * @param piecesOf an event whose text is too long for one chunk → events
 */
export function nativeEventOrigins(
  stream: NativeStream,
  events: readonly ConverseStreamEvent[],
  piecesOf: (event: ConverseStreamEvent) => readonly ConverseStreamEvent[] | undefined,
): number[][] {
  const marks = new ValueMarks();
  return events.flatMap((event, index) =>
    (piecesOf(event) ?? [event])
      .flatMap((piece) => stream.write(marked(piece, index, marks)))
      .map((chunk) => {
        const sources = [...new Set(textsIn(chunk).flatMap((text) => marks.sourcesOf(text)))];
        return sources.length > 0 ? sources.map(Number) : [index];
      }),
  );
}

/** Only what a model says can come later than it was read. */
function marked(event: ConverseStreamEvent, index: number, marks: ValueMarks): ConverseStreamEvent {
  if (!('contentBlockDelta' in event)) return event;
  const { contentBlockIndex, delta } = event.contentBlockDelta;
  if ('text' in delta)
    return { contentBlockDelta: { contentBlockIndex, delta: { text: marks.text(String(index)) } } };
  if (!('toolUse' in delta)) return event;
  const input = marks.text(String(index));
  return { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input } } } };
}

function textsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(textsIn);
}
