import type { MessageStopEvent, MetadataEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ContentBlockDelta, ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { settledLength, wellFormedJson } from '../../openai/well-formed-json.js';
import { NO_REASONING_TEXT, type ReasoningField } from '../reasoning-envelope.js';

/** UTF-16 units: at most 196 kB of UTF-8, and 394 kB when every unit is escaped. An event may have 1 MB. */
const MAX_DELTA_UNITS = 65_536;

type Kind = 'text' | 'reasoning' | 'toolUse';

/**
 * Writes a message as events: which block is open, and its index. Blocks follow one another, each is closed
 * before the next, and no event holds half of a surrogate pair: U+FFFD stands for one that has no other half.
 */
export class MessageEvents {
  hasText = false;
  hasToolUse = false;

  private events: ConverseStreamEvent[] = [];
  private started = false;
  private index = -1;
  private open?: Kind;
  private field: ReasoningField = 'reasoning_content';
  /** A high surrogate whose other half has not come yet. */
  private held = '';
  /** The beginning of an escape sequence in a call's input, whose end may make it a pair of surrogates. */
  private heldInput = '';

  /**
   * `seal` gives the signature of the reasoning that came in a field; `needsSignature` says that something without a
   * text waits for one.
   */
  constructor(
    private readonly seal: (field: ReasoningField) => string,
    private readonly needsSignature: () => boolean = () => false,
  ) {}

  get inText(): boolean {
    return this.open === 'text';
  }

  /** The message has begun, though there may be nothing to show yet. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.events.push({ messageStart: { role: 'assistant' } });
  }

  text(piece: string): void {
    this.enter('text');
    this.hasText = true;
    this.write(piece);
  }

  reasoning(piece: string, field: ReasoningField): void {
    if (this.open !== 'reasoning') this.field = field;
    this.enter('reasoning');
    this.write(piece);
  }

  openToolUse(toolUseId: string, name: string): void {
    this.closeBlock();
    this.enter('toolUse');
    this.hasToolUse = true;
    const start = { toolUse: { toolUseId, name } };
    this.events.push({ contentBlockStart: { contentBlockIndex: this.index, start } });
  }

  /** A piece of the open call's input, as JSON text. */
  toolUseInput(piece: string): void {
    const json = this.heldInput === '' ? piece : this.heldInput + piece;
    const end = settledLength(json);
    this.heldInput = end < json.length ? json.slice(end) : '';
    this.write(wellFormedJson(end < json.length ? json.slice(0, end) : json));
  }

  closeBlock(): void {
    if (this.open === undefined) return;
    if (this.heldInput !== '') this.write(wellFormedJson(this.heldInput));
    this.heldInput = '';
    if (this.held !== '') this.delta(this.held);
    this.held = '';
    if (this.open === 'reasoning') this.push({ reasoningContent: { signature: this.seal(this.field) } });
    this.events.push({ contentBlockStop: { contentBlockIndex: this.index } });
    this.open = undefined;
  }

  end(messageStop: MessageStopEvent, metadata: MetadataEvent): void {
    this.start();
    this.closeBlock();
    if (this.needsSignature()) this.writeReasoningWithoutText();
    this.events.push({ messageStop }, { metadata });
  }

  /** The events since the last time. */
  take(): ConverseStreamEvent[] {
    const { events } = this;
    if (events.length > 0) this.events = [];
    return events;
  }

  private enter(kind: Kind): void {
    if (this.open === kind) return;
    this.start();
    this.closeBlock();
    if (kind !== 'reasoning' && this.needsSignature()) this.writeReasoningWithoutText();
    this.open = kind;
    this.index += 1;
  }

  private writeReasoningWithoutText(): void {
    this.open = 'reasoning';
    this.index += 1;
    this.delta(NO_REASONING_TEXT);
    this.closeBlock();
  }

  private write(piece: string): void {
    const text = this.held === '' ? piece : this.held + piece;
    const end = characterEnd(text, text.length);
    this.held = end < text.length ? text.slice(end) : '';
    if (end <= MAX_DELTA_UNITS) {
      if (end > 0) this.delta(this.held === '' ? text : text.slice(0, end));
      return;
    }
    for (let start = 0; start < end;) {
      const stop = start + MAX_DELTA_UNITS < end ? characterEnd(text, start + MAX_DELTA_UNITS) : end;
      this.delta(text.slice(start, stop));
      start = stop;
    }
  }

  /** A half of a pair is held, so one that is alone here has no other. */
  private delta(piece: string): void {
    const text = piece.isWellFormed() ? piece : piece.toWellFormed();
    if (this.open === 'text') this.push({ text });
    else if (this.open === 'toolUse') this.push({ toolUse: { input: text } });
    else this.push({ reasoningContent: { text } });
  }

  private push(delta: ContentBlockDelta): void {
    this.events.push({ contentBlockDelta: { contentBlockIndex: this.index, delta } });
  }
}

/** The end, or one before it where the last unit needs its other half. */
function characterEnd(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
