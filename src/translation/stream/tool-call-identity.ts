import { unusable } from '../../openai/upstream.error.js';
import type { ToolCallDelta } from './tool-call-delta.js';
import { StreamedToolCall } from './streamed-tool-call.js';

/** More than any model calls in one answer: an upstream that exceeds it is broken. */
const MAX_CALLS = 1_024;

/**
 * Finds the tool call that a delta belongs to. Servers repeat ids, give every call the index 0, or leave out the index,
 * the id or both, so the decision combines index, id, name and the arguments so far.
 */
export class ToolCallIdentity {
  private readonly byIndex = new Map<number, StreamedToolCall>();
  private readonly byId = new Map<string, StreamedToolCall>();
  private last?: StreamedToolCall;
  private count = 0;

  constructor(private readonly isDeclared: (name: string) => boolean) {}

  /**
   * Appends the delta to the call that it continues, or to a new call, and returns that call.
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

  /** Whether a delta starts a new call although its index or id points to this one. Only a delta with a name can. */
  private isAnother(call: StreamedToolCall, { index, id, name, arguments: piece }: ToolCallDelta): boolean {
    if (name === undefined) return false;
    const otherId = id !== undefined && call.id !== undefined && id !== call.id;
    const otherIndex = index !== undefined && call.index !== undefined && index !== call.index;
    const otherName = name !== call.name;
    const begins = piece.trimStart().startsWith('{');
    if (call.complete) return otherId || otherIndex || otherName || begins;
    if (call.blank) return otherId || (id === undefined && otherName && this.isDeclared(call.name));
    // some servers send a new id with every delta of one call: only arguments that start afresh make a new call
    return otherId && (begins || piece === '');
  }

  private newCall(): StreamedToolCall {
    this.count += 1;
    if (this.count > MAX_CALLS) throw unusable(`More than ${MAX_CALLS} tool calls`);
    return new StreamedToolCall();
  }
}
