import type { ContentBlockDeltaEvent } from '../converse/converse-stream-event.js';
import { eventHeaders, FrameTemplate } from './frame-template.js';
import { type Message, toMessage } from './message.js';
import { isShortPlainAscii } from './plain-piece.js';

/** Templates are cached for the first blocks only, since answers rarely have more. */
const MAX_KEPT_TEMPLATES = 16;

const HEADERS = eventHeaders('contentBlockDelta');
const WHOLE = new FrameTemplate(HEADERS);

/** The frame templates of one kind of delta, by block index. Frames of one template differ only in the piece. */
class PieceTemplates {
  readonly #byIndex: FrameTemplate[] = [];

  constructor(
    private readonly opening: string,
    private readonly closing: string,
  ) {}

  of(index: number): FrameTemplate {
    if (index >= MAX_KEPT_TEMPLATES) return this.#build(index);
    return (this.#byIndex[index] ??= this.#build(index));
  }

  #build(index: number): FrameTemplate {
    const opening = `{"contentBlockIndex":${index},"delta":{${this.opening}"`;
    return new FrameTemplate(HEADERS, opening, `"${this.closing}}}`);
  }
}

const TEXTS = new PieceTemplates('"text":', '');
const INPUTS = new PieceTemplates('"toolUse":{"input":', '}');
const REASONINGS = new PieceTemplates('"reasoningContent":{"text":', '}');

/** A contentBlockDelta event → its message. Templates make this fast, since there is one delta for each token. */
export function deltaToMessage(event: ContentBlockDeltaEvent): Message {
  const { contentBlockIndex: index, delta } = event;
  if ('text' in delta) return pieceToMessage(TEXTS.of(index), delta.text);
  if ('toolUse' in delta) return pieceToMessage(INPUTS.of(index), delta.toolUse.input);
  const { reasoningContent } = delta;
  if ('text' in reasoningContent) return pieceToMessage(REASONINGS.of(index), reasoningContent.text);
  return toMessage(WHOLE, event);
}

function pieceToMessage(template: FrameTemplate, piece: string): Message {
  if (isShortPlainAscii(piece)) return { template, text: piece, textBytes: piece.length };
  const text = JSON.stringify(piece).slice(1, -1);
  return { template, text, textBytes: Buffer.byteLength(text) };
}
