import { parseToolArguments } from '../response/tool-input.js';
import { ObjectScan } from './object-scan.js';
import type { ToolCallDelta } from './tool-call-delta.js';

/** Bedrock's names have 64, and a namespace may stand before one: nothing is put together beyond it. */
const MAX_NAME_CHARACTERS = 128;
/** Beyond it the arguments of a call that streams are not kept for the last check: their brackets decide. */
const MAX_KEPT_CHARACTERS = 1_048_576;

/** One tool call of the upstream, as far as it has arrived. */
export class StreamedToolCall {
  index?: number;
  id?: string;
  name = '';
  /** The id that clients see, once they or a signature need one. */
  toolUseId?: string;
  /** Arguments that no event carries yet. */
  unsent = '';
  opened = false;
  closed = false;
  /** Arguments came after the call was closed. */
  overrun = false;

  private custom = false;
  private readonly scan = new ObjectScan();
  private received = '';
  private kept = true;

  /** Takes a delta in. Names come once, twice, in pieces, late, or empty at the end. */
  append(delta: ToolCallDelta, isDeclared: (name: string) => boolean): void {
    this.index ??= delta.index;
    this.id ??= delta.id;
    this.custom ||= delta.custom;
    if (delta.name !== undefined && delta.name !== this.name && !this.opened) {
      this.name = this.namedBy(delta.name, isDeclared);
    }
    if (this.closed) this.overrun ||= delta.arguments.trim() !== '';
    else this.appendArguments(delta.arguments);
  }

  /** What is not told yet is a part of what was received, as long as that is kept. */
  get keptCharacters(): number {
    return Math.max(this.received.length, this.unsent.length);
  }

  /** Only whitespace, or nothing. */
  get blank(): boolean {
    return !this.custom && this.scan.blank;
  }

  /** The arguments are a whole object, by their brackets. */
  get complete(): boolean {
    return !this.custom && this.scan.complete;
  }

  /** What has come can be shown as it is: it begins as an object, not as text encoded twice or null. */
  get showable(): boolean {
    return this.name !== '' && !this.custom && this.scan.begun;
  }

  /** Nobody is called, or the arguments are no object. */
  get malformed(): boolean {
    if (this.name === '' || this.overrun) return true;
    if (this.custom) return false;
    return this.kept ? parseToolArguments(this.received) === undefined : !this.complete;
  }

  /** All arguments as JSON text of an object, for a call that is not malformed. */
  get input(): string {
    if (this.custom) return JSON.stringify({ input: this.received });
    return this.complete ? this.received : JSON.stringify(parseToolArguments(this.received));
  }

  close(): void {
    this.closed = true;
    this.received = '';
    this.unsent = '';
  }

  private appendArguments(piece: string): void {
    this.scan.read(piece);
    this.unsent += piece;
    if (this.opened && this.received.length > MAX_KEPT_CHARACTERS) this.kept = false;
    this.received = this.kept ? this.received + piece : '';
  }

  private namedBy(name: string, isDeclared: (name: string) => boolean): string {
    if (this.name === '' || name.startsWith(this.name)) return name;
    const together = this.name + name;
    const inPieces = this.blank && !isDeclared(this.name) && together.length <= MAX_NAME_CHARACTERS;
    return inPieces ? together : this.name;
  }
}
