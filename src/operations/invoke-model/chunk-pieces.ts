import type { ContentBlockDelta, ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { MAX_PIECE_UNITS, splitText } from '../../formats/split-text.js';

/** An event whose text does not fit into one chunk → events whose texts do; undefined for any other event. */
export function piecesOf(event: ConverseStreamEvent): readonly ConverseStreamEvent[] | undefined {
  if (!('contentBlockDelta' in event)) return undefined;
  const { contentBlockIndex, delta } = event.contentBlockDelta;
  const text = pieceOf(delta);
  if (text.length <= MAX_PIECE_UNITS) return undefined;
  return splitText(text).map((piece) => ({
    contentBlockDelta: { contentBlockIndex, delta: withText(delta, piece) },
  }));
}

/** The text of a delta; '' for one that has none. */
export function pieceOf(delta: ContentBlockDelta): string {
  if ('text' in delta) return delta.text;
  if ('toolUse' in delta) return delta.toolUse.input;
  return 'text' in delta.reasoningContent ? delta.reasoningContent.text : '';
}

function withText(delta: ContentBlockDelta, text: string): ContentBlockDelta {
  if ('text' in delta) return { text };
  return 'toolUse' in delta ? { toolUse: { input: text } } : { reasoningContent: { text } };
}
