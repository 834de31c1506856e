import type { MessageStopEvent, MetadataEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ContentBlockDelta, ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { settledLength, wellFormedJson } from '../../openai/well-formed-json.js';
import { NO_REASONING_TEXT, type ReasoningField } from '../reasoning-envelope.js';

/**
 * UTF-16 units in one delta: at most 196 kB of UTF-8, or 394 kB when every unit is escaped. Clients accept events of up
 * to 1 MB.
 */
const MAX_DELTA_UNITS = 65_536;

type Kind = 'text' | 'reasoning' | 'toolUse';

/**
 * Writes a message as ConverseStream events, and keeps track of the open block and its index. Each block is closed
 * before the next one opens. No event holds half of a surrogate pair: an unpaired surrogate becomes U+FFFD.
 */
export class MessageEvents {
  hasText = false;
  hasToolUse = false;

  private events: ConverseStreamEvent[] = [];
  private started = false;
  private index = -1;
  private open?: Kind;
  private field: ReasoningField = 'reasoning_content';
  /** A high surrogate whose low surrogate has not arrived yet. */
  private held = '';
  /** An incomplete `\u` escape at the end of a call's input: the rest may complete a surrogate pair. */
  private heldInput = '';

  /**
   * `takeSignature` returns the signature of reasoning that came in the given field. `needsSignature` says that
   * reasoning data without any text waits for a signature.
   */
  constructor(
    private readonly takeSignature: (field: ReasoningField) => string,
    private readonly needsSignature: () => boolean = () => false,
  ) {}

  get inText(): boolean {
    return this.open === 'text';
  }

  /** Writes `messageStart`, once. */
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

  /** Writes a piece of the open call's input, as JSON text. */
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
    if (this.open === 'reasoning')
      this.push({ reasoningContent: { signature: this.takeSignature(this.field) } });
    this.events.push({ contentBlockStop: { contentBlockIndex: this.index } });
    this.open = undefined;
  }

  end(messageStop: MessageStopEvent, metadata: MetadataEvent): void {
    this.start();
    this.closeBlock();
    if (this.needsSignature()) this.writeReasoningWithoutText();
    this.events.push({ messageStop }, { metadata });
  }

  /** The events written since the last call. */
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

  /** `write` holds back an incomplete pair, so a lone surrogate here stays alone and is replaced. */
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

/** `end`, or one less when the unit before it is a high surrogate, which needs the next unit. */
function characterEnd(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
