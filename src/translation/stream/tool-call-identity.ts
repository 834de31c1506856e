import { unusable } from '../../openai/upstream.error.js';
import type { ToolCallDelta } from './tool-call-delta.js';
import { StreamedToolCall } from './streamed-tool-call.js';

/** Far more than a model calls at once: whoever sends more is out of order. */
const MAX_CALLS = 1_024;

/**
 * Tells which call a delta belongs to. Servers repeat ids, give every call the index 0, or leave out the index,
 * the id or both, so no single member decides.
 */
export class ToolCallIdentity {
  private readonly byIndex = new Map<number, StreamedToolCall>();
  private readonly byId = new Map<string, StreamedToolCall>();
  private last?: StreamedToolCall;
  private count = 0;

  constructor(private readonly isDeclared: (name: string) => boolean) {}

  /**
   * The call that a delta continues, or a new one; the delta is taken in.
   * @throws UpstreamError when there are too many calls.
   */
  callOf(delta: ToolCallDelta): StreamedToolCall {
    const known = this.find(delta);
    const call = known === undefined || this.isAnother(known, delta) ? this.newCall() : known;
    call.append(delta, this.isDeclared);
    if (call.index !== undefined && (call !== known || !this.byIndex.has(call.index))) {
      this.byIndex.set(call.index, call);
    }
    if (call.id !== undefined && (call !== known || !this.byId.has(call.id))) this.byId.set(call.id, call);
    this.last = call;
    return call;
  }

  private find({ index, id, name, separate }: ToolCallDelta): StreamedToolCall | undefined {
    if (separate) return undefined;
    const atIndex = index === undefined ? undefined : this.byIndex.get(index);
    const withId = id === undefined ? undefined : this.byId.get(id);
    if (atIndex !== undefined && (withId === undefined || atIndex.id === id)) return atIndex;
    if (withId !== undefined || index !== undefined) return withId;
    return id !== undefined && name !== undefined ? undefined : this.last;
  }

  /** Whether a delta that points to a call nevertheless opens another one. Only a name does that. */
  private isAnother(call: StreamedToolCall, { index, id, name, arguments: piece }: ToolCallDelta): boolean {
    if (name === undefined) return false;
    const otherId = id !== undefined && call.id !== undefined && id !== call.id;
    const otherIndex = index !== undefined && call.index !== undefined && index !== call.index;
    const otherName = name !== call.name;
    const begins = piece.trimStart().startsWith('{');
    if (call.complete) return otherId || otherIndex || otherName || begins;
    if (call.blank) return otherId || (id === undefined && otherName && this.isDeclared(call.name));
    // a fresh id on every delta of one call: the piece goes on where the call stopped
    return otherId && (begins || piece === '');
  }

  private newCall(): StreamedToolCall {
    this.count += 1;
    if (this.count > MAX_CALLS) throw unusable(`More than ${MAX_CALLS} tool calls`);
    return new StreamedToolCall();
  }
}
