import type { MessageAnswer, ToolCallAnswer } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { type ReasoningField, encodeReasoningEnvelope } from '../reasoning-envelope.js';
import { nestsWithin, objectOf, objectsOf, textOf } from '../json-value.js';

/** Limit of the collected data, in JSON characters: a signature carries no more. */
const MAX_CHARACTERS = 65_536;
const MAX_ENTRY_LEVELS = 10;
/** Members whose pieces are concatenated. */
const CONCATENATED: ReadonlySet<string> = new Set(['text', 'summary', 'thinking']);

type Entry = Record<string, unknown>;

/** Collects the reasoning data that a server expects back on the next turn, until a signature carries it to the client. */
export class ReplayData {
  private details: Entry[] = [];
  private thinkingBlocks: Entry[] = [];
  private thoughtSignatures = new Map<string, string>();
  private remaining = MAX_CHARACTERS;

  get keptCharacters(): number {
    return MAX_CHARACTERS - Math.max(0, this.remaining);
  }

  /** Collects the data of a whole message, unmodified and in order. */
  collect(message: MessageAnswer): void {
    for (const detail of entriesOf(message.reasoning_details)) this.add(this.details, detail);
    for (const block of entriesOf(message.thinking_blocks)) this.add(this.thinkingBlocks, block);
  }

  /** Collects the data of a delta, and joins the pieces of one entry. */
  collectDelta(delta: MessageAnswer): void {
    for (const detail of entriesOf(delta.reasoning_details)) {
      if (!this.join(this.details.at(-1), detail, continuesDetail)) this.add(this.details, detail);
    }
    for (const block of entriesOf(delta.thinking_blocks)) {
      if (!this.join(this.thinkingBlocks.at(-1), block, continuesThinking)) {
        this.add(this.thinkingBlocks, block);
      }
    }
  }

  /** Collects the thought signature that Gemini puts on a tool call. */
  collectToolCall(toolUseId: string, toolCall: ToolCallAnswer): void {
    const google = objectOf(objectOf(toolCall.extra_content)?.google);
    const signature = textOf(google?.thought_signature);
    if (signature === undefined || !this.reserve(signature.length)) return;
    this.thoughtSignatures.set(toolUseId, signature);
  }

  /** Whether encrypted reasoning, which has no text but has to be sent back, waits for a signature. */
  needsSignature({ dialect: { reasoningReplay } }: UpstreamTarget): boolean {
    if (this.remaining < 0) return false;
    if (reasoningReplay === 'reasoning_details') return this.details.some(isEncrypted);
    return reasoningReplay === 'thinking_blocks' && this.thinkingBlocks.some(isEncrypted);
  }

  /** Returns the signature of a reasoning block whose text came in `field`, with the collected data, and clears the data. */
  takeSignature({ upstream: { name: upstream }, model }: UpstreamTarget, field: ReasoningField): string {
    const fits = this.remaining >= 0;
    const [details, blocks, signatures] = [this.details, this.thinkingBlocks, this.thoughtSignatures];
    this.clear();
    if (!fits) return encodeReasoningEnvelope({ upstream, model, field });
    if (details.length > 0)
      return encodeReasoningEnvelope({ upstream, model, field: 'reasoning_details', data: details });
    if (blocks.length > 0)
      return encodeReasoningEnvelope({ upstream, model, field: 'thinking_blocks', data: blocks });
    const data = signatures.size > 0 ? Object.fromEntries(signatures) : undefined;
    return encodeReasoningEnvelope({ upstream, model, field, data });
  }

  private add(entries: Entry[], entry: Entry): void {
    if (this.reserve(JSON.stringify(entry).length)) entries.push({ ...entry });
  }

  /** Merges a piece into the entry that it continues: texts are appended, other members replaced. */
  private join(last: Entry | undefined, piece: Entry, continues: typeof continuesDetail): boolean {
    if (last === undefined || !continues(last, piece)) return false;
    for (const [member, value] of Object.entries(piece)) {
      if (value == null || value === '' || !this.reserve(JSON.stringify(value).length)) continue;
      const isPiece = CONCATENATED.has(member) && typeof value === 'string';
      last[member] = isPiece ? (textOf(last[member]) ?? '') + value : value;
    }
    return true;
  }

  /** Reserves room. Once it is used up nothing is replayed, because partial data is useless to the server. */
  private reserve(characters: number): boolean {
    this.remaining -= characters;
    return this.remaining >= 0;
  }

  private clear(): void {
    this.details = [];
    this.thinkingBlocks = [];
    this.thoughtSignatures = new Map();
    this.remaining = MAX_CHARACTERS;
  }
}

/** Whether an entry is reasoning that the provider encrypted: OpenRouter's details or LiteLLM's blocks. */
function isEncrypted({ type }: Entry): boolean {
  return type === 'reasoning.encrypted' || type === 'redacted_thinking';
}

function entriesOf(list: unknown): Entry[] {
  return objectsOf(list).filter(
    (entry) => nestsWithin(entry, MAX_ENTRY_LEVELS) && !Object.hasOwn(entry, '__proto__'),
  );
}

/** OpenRouter streams a text or a summary in pieces with the same index. Encrypted data comes in one piece. */
function continuesDetail(last: Entry, piece: Entry): boolean {
  const sameEntry = last.type === piece.type && last.index != null && last.index === piece.index;
  return sameEntry && piece.type !== 'reasoning.encrypted';
}

/** LiteLLM streams a block in pieces, and the signature with or after the last piece. */
function continuesThinking(last: Entry, piece: Entry): boolean {
  const open = textOf(last.signature) === undefined;
  return last.type === 'thinking' && piece.type === 'thinking' && open;
}
