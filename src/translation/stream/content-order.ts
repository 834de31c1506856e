import { unusable } from '../../openai/upstream.error.js';
import type { ReasoningField } from '../reasoning-envelope.js';
import type { MessageEvents } from './message-events.js';
import { ToolCall } from './tool-call.js';

/** Characters that may wait: behind an open call, or in a call until it is whole. */
const MAX_WAITING_CHARACTERS = 1_048_576;

/** Text, or reasoning with the field it came in, that waits for its turn. */
class Passage {
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
  idOf(call: ToolCall): string;
  nameOf(call: ToolCall): string;
}

/**
 * Brings content into an order that blocks can have: one after the other. The upstream may work on several calls
 * at once, so what follows the first unfinished one waits. `buffered`: a call shows when it is whole, otherwise
 * the first one as it comes.
 */
export class ContentOrder {
  /** A call was left out, because nobody could run it. */
  leftOut = false;
  /** A call that clients have seen turned out to be malformed. */
  broken = false;
  /** What is not all written yet; only the first may be in part. */
  private readonly line: (ToolCall | Passage)[] = [];

  constructor(
    private readonly message: MessageEvents,
    private readonly naming: ToolUseNaming,
    private readonly buffered: boolean,
  ) {}

  get keptCharacters(): number {
    let kept = 0;
    for (const item of this.line) kept += item.keptCharacters;
    return kept;
  }

  /** Text, or reasoning when it has a field. */
  passage(piece: string, field?: ReasoningField): void {
    this.message.start();
    const blankStart = field === undefined && !this.message.inText && piece.trim() === '';
    if (this.line.length === 0 && !blankStart) {
      this.write(piece, field);
      return;
    }
    const last = this.line.at(-1);
    const continued = last instanceof Passage && (last.field === undefined) === (field === undefined);
    const passage = continued ? last : new Passage(field);
    passage.append(piece);
    if (!continued) this.line.push(passage);
    this.advance();
  }

  /** A call that has news. */
  toolCall(call: ToolCall): void {
    this.message.start();
    if (call.overrun) this.broken = true;
    if (!call.closed && !this.line.includes(call)) this.line.push(call);
    this.advance();
  }

  /**
   * Writes what is left. `cut`: the limit ended the message, so its last call may lack its end.
   * @throws UpstreamError for malformed arguments that clients have seen, or should have.
   */
  finish(cut: boolean): void {
    const malformed = this.line.some((item) => item instanceof ToolCall && item.malformed);
    const visible = this.broken || (malformed && !this.buffered);
    if (visible && !cut) throw unusable('The arguments of a tool call are malformed');
    const last = this.line.findLast((item) => item instanceof ToolCall);
    for (const item of this.line.splice(0)) {
      if (item instanceof ToolCall) this.close(item, cut && item === last);
      else if (!item.blank || !this.message.hasToolUse) this.write(item.unsent, item.field);
    }
  }

  private advance(): void {
    while (this.line[0] !== undefined && this.serve(this.line[0])) this.line.shift();
    const waiting = this.line.reduce((sum, { unsent }) => sum + unsent.length, 0);
    if (waiting > MAX_WAITING_CHARACTERS) {
      throw unusable('More content waits for a tool call to end than can be kept');
    }
  }

  /** Writes as much of the first in line as can be; true when it is done with. */
  private serve(item: ToolCall | Passage): boolean {
    if (item instanceof ToolCall) return this.serveCall(item);
    const next = this.line[1];
    if (item.blank && (next === undefined || next instanceof ToolCall)) return next !== undefined;
    this.write(item.unsent, item.field);
    return true;
  }

  /** A call ends when its arguments are whole, or when text follows one that has none. */
  private serveCall(call: ToolCall): boolean {
    if (!this.buffered && (call.opened || call.showable)) this.show(call, call.unsent);
    const followed = this.line.length > 1;
    const textFollows = () => this.line.some((item) => item instanceof Passage && !item.blank);
    if (!followed || !(call.complete || (call.blank && call.name !== '' && textFollows()))) return false;
    this.close(call, false);
    return true;
  }

  private close(call: ToolCall, cut: boolean): void {
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

  private show(call: ToolCall, input: string): void {
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
