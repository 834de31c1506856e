import { parseToolArguments } from '../response/tool-input.js';
import { ObjectScan } from './object-scan.js';
import type { ToolCallDelta } from './tool-call-delta.js';

/** Limit for a name that arrives in pieces: Bedrock allows 64 characters, and models put a namespace before it. */
const MAX_NAME_CHARACTERS = 128;
/** Longer arguments of a call streamed live are not kept for the final JSON check: only their brackets are checked. */
const MAX_KEPT_CHARACTERS = 1_048_576;

/** One tool call of a stream, joined from its deltas. */
export class StreamedToolCall {
  index?: number;
  id?: string;
  name = '';
  /** The id that clients see. Set when an event or a signature first needs it. */
  toolUseId?: string;
  /** Arguments that no event has carried yet. */
  unsent = '';
  opened = false;
  closed = false;
  /** Arguments arrived after the call was closed. */
  hasTrailingArguments = false;

  private custom = false;
  private readonly scan = new ObjectScan();
  private received = '';
  private isReceivedKept = true;

  /** Appends a delta. Servers send the name once, repeatedly, in pieces, late, or empty in the last delta. */
  append(delta: ToolCallDelta, isDeclared: (name: string) => boolean): void {
    this.index ??= delta.index;
    this.id ??= delta.id;
    this.custom ||= delta.custom;
    if (delta.name !== undefined && delta.name !== this.name && !this.opened) {
      this.name = this.mergedName(delta.name, isDeclared);
    }
    if (this.closed) this.hasTrailingArguments ||= delta.arguments.trim() !== '';
    else this.appendArguments(delta.arguments);
  }

  /** `unsent` is part of `received` while that is kept, so the longer one counts. */
  get keptCharacters(): number {
    return Math.max(this.received.length, this.unsent.length);
  }

  /** The arguments are empty or only whitespace so far. */
  get blank(): boolean {
    return !this.custom && this.scan.blank;
  }

  /** The arguments are a complete object, judged by their brackets. */
  get complete(): boolean {
    return !this.custom && this.scan.complete;
  }

  /** The call can be streamed live: it has a name, and its arguments start as an object, not as encoded text or null. */
  get canOpen(): boolean {
    return this.name !== '' && !this.custom && this.scan.begun;
  }

  /** The call has no name, or its arguments are not an object. */
  get malformed(): boolean {
    if (this.name === '' || this.hasTrailingArguments) return true;
    if (this.custom) return false;
    return this.isReceivedKept ? parseToolArguments(this.received) === undefined : !this.complete;
  }

  /** All arguments as the JSON text of an object. Only for a call that is not malformed. */
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
    if (this.opened && this.received.length > MAX_KEPT_CHARACTERS) this.isReceivedKept = false;
    this.received = this.isReceivedKept ? this.received + piece : '';
  }

  private mergedName(name: string, isDeclared: (name: string) => boolean): string {
    if (this.name === '' || name.startsWith(this.name)) return name;
    const joined = this.name + name;
    const inPieces = this.blank && !isDeclared(this.name) && joined.length <= MAX_NAME_CHARACTERS;
    return inPieces ? joined : this.name;
  }
}
