import { unusable } from '../../openai/upstream.error.js';
import type { ReasoningField } from '../reasoning-envelope.js';
import type { MessageEvents } from './message-events.js';
import { StreamedToolCall } from './streamed-tool-call.js';

/** Limit of the text and arguments that wait to be written. */
const MAX_WAITING_CHARACTERS = 1_048_576;

/** A run of text, or of reasoning (then `field` names the upstream's field), that waits to be written. */
class PendingText {
  unsent = '';
  /** The text is only whitespace so far. */
  blank: boolean;

  constructor(readonly field?: ReasoningField) {
    this.blank = field === undefined;
  }

  get keptCharacters(): number {
    return this.unsent.length;
  }

  append(piece: string): void {
    this.unsent += piece;
    this.blank &&= piece.trim() === '';
  }
}

/** Gives the id and the name that clients see for a tool call. */
interface ToolUseNaming {
  idOf(call: StreamedToolCall): string;
  nameOf(call: StreamedToolCall): string;
}

/**
 * Brings the pieces of a stream into block order. Bedrock's blocks follow one another, while an upstream may stream
 * several tool calls at once, so everything after the first unfinished call waits in a queue. With `buffered` a call is
 * written once it is complete, otherwise the first call in the queue is written as its pieces arrive.
 */
export class BlockSequencer {
  /** A malformed call was dropped before clients saw it. */
  hasDroppedCall = false;
  /** A call that clients have already seen is malformed. */
  hasBrokenCall = false;
  /** Items not yet written in full. Only the first may be partly written. */
  private readonly queue: (StreamedToolCall | PendingText)[] = [];

  constructor(
    private readonly message: MessageEvents,
    private readonly naming: ToolUseNaming,
    private readonly buffered: boolean,
  ) {}

  get keptCharacters(): number {
    let kept = 0;
    for (const item of this.queue) kept += item.keptCharacters;
    return kept;
  }

  /** Adds a piece of text, or of reasoning when `field` is set. */
  text(piece: string, field?: ReasoningField): void {
    this.message.start();
    const blankStart = field === undefined && !this.message.inText && piece.trim() === '';
    if (this.queue.length === 0 && !blankStart) {
      this.writeText(piece, field);
      return;
    }
    const last = this.queue.at(-1);
    const continued = last instanceof PendingText && (last.field === undefined) === (field === undefined);
    const pending = continued ? last : new PendingText(field);
    pending.append(piece);
    if (!continued) this.queue.push(pending);
    this.advance();
  }

  /** Writes what became ready after a delta was appended to the call. */
  toolCall(call: StreamedToolCall): void {
    this.message.start();
    if (call.hasTrailingArguments) this.hasBrokenCall = true;
    if (!call.closed && !this.queue.includes(call)) this.queue.push(call);
    this.advance();
  }

  /**
   * Writes everything that is left. `cut` says that a token limit ended the message, so its last call may be incomplete.
   * @throws UpstreamError when a call is malformed and is streamed live, unless `cut`
   */
  finish(cut: boolean): void {
    const malformed = this.queue.some((item) => item instanceof StreamedToolCall && item.malformed);
    const visible = this.hasBrokenCall || (malformed && !this.buffered);
    if (visible && !cut) throw unusable('The arguments of a tool call are malformed');
    const last = this.queue.findLast((item) => item instanceof StreamedToolCall);
    for (const item of this.queue.splice(0)) {
      if (item instanceof StreamedToolCall) this.close(item, cut && item === last);
      else if (!item.blank || !this.message.hasToolUse) this.writeText(item.unsent, item.field);
    }
  }

  private advance(): void {
    while (this.queue[0] !== undefined && this.writeItem(this.queue[0])) this.queue.shift();
    const waiting = this.queue.reduce((sum, { unsent }) => sum + unsent.length, 0);
    if (waiting > MAX_WAITING_CHARACTERS) {
      throw unusable('More content waits for a tool call to end than can be kept');
    }
  }

  /** Writes as much of the first item as is ready. True when it is written in full. */
  private writeItem(item: StreamedToolCall | PendingText): boolean {
    if (item instanceof StreamedToolCall) return this.writeCall(item);
    const next = this.queue[1];
    if (item.blank && (next === undefined || next instanceof StreamedToolCall)) return next !== undefined;
    this.writeText(item.unsent, item.field);
    return true;
  }

  /**
   * A call is closed once something follows it and its arguments are complete, or once text follows a call without
   * arguments.
   */
  private writeCall(call: StreamedToolCall): boolean {
    if (!this.buffered && (call.opened || call.canOpen)) this.writeToolUse(call, call.unsent);
    const followed = this.queue.length > 1;
    const textFollows = () => this.queue.some((item) => item instanceof PendingText && !item.blank);
    if (!followed || !(call.complete || (call.blank && call.name !== '' && textFollows()))) return false;
    this.close(call, false);
    return true;
  }

  private close(call: StreamedToolCall, cut: boolean): void {
    const { opened, blank } = call;
    const malformed = call.malformed || (cut && blank);
    if (opened) {
      this.writeToolUse(call, call.unsent);
      this.hasBrokenCall ||= malformed;
    } else if (malformed) {
      this.hasDroppedCall = true;
    } else {
      this.writeToolUse(call, call.input);
    }
    if (call.opened) this.message.closeBlock();
    call.close();
  }

  private writeToolUse(call: StreamedToolCall, input: string): void {
    if (!call.opened) this.message.openToolUse(this.naming.idOf(call), this.naming.nameOf(call));
    call.opened = true;
    call.unsent = '';
    this.message.toolUseInput(input);
  }

  private writeText(text: string, field: ReasoningField | undefined): void {
    if (field === undefined) this.message.text(text);
    else this.message.reasoning(text, field);
  }
}
