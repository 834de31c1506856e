import type { ContentBlockDeltaEvent } from '../converse/converse-stream-event.js';
import { BlockTemplates } from './block-templates.js';
import { eventHeaders, FrameTemplate } from './frame-template.js';
import { type Message, toMessage } from './message.js';
import { escapedPiece, isShortPlainAscii } from './plain-piece.js';

const HEADERS = eventHeaders('contentBlockDelta');
const WHOLE = new FrameTemplate(HEADERS);

const TEXTS = frameTemplates('"text":', '');
const INPUTS = frameTemplates('"toolUse":{"input":', '}');
const REASONINGS = frameTemplates('"reasoningContent":{"text":', '}');

/** A contentBlockDelta event → its message. Templates make this fast, since there is one delta for each token. */
export function deltaToMessage(event: ContentBlockDeltaEvent): Message {
  const { contentBlockIndex: index, delta } = event;
  if ('text' in delta) return pieceToMessage(TEXTS.of(index), delta.text, event);
  if ('toolUse' in delta) return pieceToMessage(INPUTS.of(index), delta.toolUse.input, event);
  const { reasoningContent } = delta;
  if ('text' in reasoningContent) {
    return pieceToMessage(REASONINGS.of(index), reasoningContent.text, event);
  }
  return toMessage(WHOLE, event);
}

function pieceToMessage(
  template: FrameTemplate | undefined,
  piece: string,
  event: ContentBlockDeltaEvent,
): Message {
  if (template === undefined) return toMessage(WHOLE, event);
  if (isShortPlainAscii(piece)) return { template, text: piece, textBytes: piece.length };
  const text = escapedPiece(piece);
  return { template, text, textBytes: Buffer.byteLength(text) };
}

/** Frames of one template differ only in the piece. */
function frameTemplates(opening: string, closing: string): BlockTemplates<FrameTemplate> {
  return new BlockTemplates((index) => {
    const head = `{"contentBlockIndex":${index},"delta":{${opening}"`;
    return new FrameTemplate(HEADERS, head, `"${closing}}}`);
  });
}
