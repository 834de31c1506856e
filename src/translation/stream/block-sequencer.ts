import { unusable } from '../../openai/upstream.error.js';
import type { ReasoningField } from '../reasoning-envelope.js';
import type { MessageEvents } from './message-events.js';
import { StreamedToolCall } from './streamed-tool-call.js';

/** Characters that may wait: behind an open call, or in a call until it is whole. */
const MAX_WAITING_CHARACTERS = 1_048_576;

/** Text, or reasoning with the field it came in, that waits for its turn. */
class PendingText {
  unsent = '';
  /** Text that is only whitespace so far. */
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

/** What clients are told of a call. */
interface ToolUseNaming {
  idOf(call: StreamedToolCall): string;
  nameOf(call: StreamedToolCall): string;
}

/**
 * Brings content into an order that blocks can have: one after the other. The upstream may work on several calls
 * at once, so what follows the first unfinished one waits. `buffered`: a call shows when it is whole, otherwise
 * the first one as it comes.
 */
export class BlockSequencer {
  /** A call was left out, because nobody could run it. */
  leftOut = false;
  /** A call that clients have seen turned out to be malformed. */
  broken = false;
  /** What is not all written yet; only the first may be in part. */
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

  /** Text, or reasoning when it has a field. */
  text(piece: string, field?: ReasoningField): void {
    this.message.start();
    const blankStart = field === undefined && !this.message.inText && piece.trim() === '';
    if (this.queue.length === 0 && !blankStart) {
      this.write(piece, field);
      return;
    }
    const last = this.queue.at(-1);
    const continued = last instanceof PendingText && (last.field === undefined) === (field === undefined);
    const passage = continued ? last : new PendingText(field);
    passage.append(piece);
    if (!continued) this.queue.push(passage);
    this.advance();
  }

  /** A call that has news. */
  toolCall(call: StreamedToolCall): void {
    this.message.start();
    if (call.overrun) this.broken = true;
    if (!call.closed && !this.queue.includes(call)) this.queue.push(call);
    this.advance();
  }

  /**
   * Writes what is left. `cut`: the limit ended the message, so its last call may lack its end.
   * @throws UpstreamError for malformed arguments that clients have seen, or should have.
   */
  finish(cut: boolean): void {
    const malformed = this.queue.some((item) => item instanceof StreamedToolCall && item.malformed);
    const visible = this.broken || (malformed && !this.buffered);
    if (visible && !cut) throw unusable('The arguments of a tool call are malformed');
    const last = this.queue.findLast((item) => item instanceof StreamedToolCall);
    for (const item of this.queue.splice(0)) {
      if (item instanceof StreamedToolCall) this.close(item, cut && item === last);
      else if (!item.blank || !this.message.hasToolUse) this.write(item.unsent, item.field);
    }
  }

  private advance(): void {
    while (this.queue[0] !== undefined && this.serve(this.queue[0])) this.queue.shift();
    const waiting = this.queue.reduce((sum, { unsent }) => sum + unsent.length, 0);
    if (waiting > MAX_WAITING_CHARACTERS) {
      throw unusable('More content waits for a tool call to end than can be kept');
    }
  }

  /** Writes as much of the first in line as can be; true when it is done with. */
  private serve(item: StreamedToolCall | PendingText): boolean {
    if (item instanceof StreamedToolCall) return this.serveCall(item);
    const next = this.queue[1];
    if (item.blank && (next === undefined || next instanceof StreamedToolCall)) return next !== undefined;
    this.write(item.unsent, item.field);
    return true;
  }

  /** A call ends when its arguments are whole, or when text follows one that has none. */
  private serveCall(call: StreamedToolCall): boolean {
    if (!this.buffered && (call.opened || call.showable)) this.show(call, call.unsent);
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
      this.show(call, call.unsent);
      this.broken ||= malformed;
    } else if (malformed) {
      this.leftOut = true;
    } else {
      this.show(call, call.input);
    }
    if (call.opened) this.message.closeBlock();
    call.close();
  }

  private show(call: StreamedToolCall, input: string): void {
    if (!call.opened) this.message.openToolUse(this.naming.idOf(call), this.naming.nameOf(call));
    call.opened = true;
    call.unsent = '';
    this.message.toolUseInput(input);
  }

  private write(text: string, field: ReasoningField | undefined): void {
    if (field === undefined) this.message.text(text);
    else this.message.reasoning(text, field);
  }
}
